/** The forms in which makers of electronic books write their notes, and what only looks like one. */
import assert from "node:assert/strict";
import { readBookIn } from "../../../../../lib/text/sources/gutenberg/book";
import { strip } from "../../../../../lib/text/sources/gutenberg/strip/strip";
import { END, file, HEAD, START, story } from "./imitations";

function assertKept(body: string, kept: string): void {
  assert.equal(strip(file(body)).content, `${kept}\n`);
}

describe("strip, of a note in the second half of a book", () => {
  const notes = [
    'Transcriber\'s Note: the original reads "teh [sic] tide".',
    '[Transcriber\'s Note: the original reads "teh [sic] tide".]',
    '[Transcriber\'s Note: the original reads "teh [sic tide".]',
    "[Transcriber's Note: the bracket is never closed.",
    "[_Transcriber's Note_: (see the [printed] book) the word is unclear.]",
    "(Transcriber's Note: a word is missing here.)",
    "{Transcriber's note: page torn.}",
    "_Transcriber's Note: a word is missing here._",
    "*Transcriber's Note*\n\nThe spelling of the original was kept.",
    "Transcriber's Note:\n\nA page was torn out of the original.",
    "[Anmerkung des Transkribenten: Im Original steht »teh«.]",
    "[Note du transcripteur: mot illisible dans l'original.]",
    "[Opmerking van de bewerker: in het origineel staat »teh«.]",
  ];
  for (const note of notes) {
    it(`ends with the note itself: ${JSON.stringify(note)}`, () => {
      const [before, after] = [`THE TIDE\n\n${story(920)}`, story(80, "It fell")];
      assertKept(`${before}\n\n${note}\n\n${after}`, `${before}\n\n${after}`);
    });
  }

  it("does not go on to the next chapter", () => {
    const after = "He died.\n\nShe left.\n\n\n\nCHAPTER II\n\nIt fell.";
    assertKept(
      `THE TIDE\n\n${story(50)}\n\nTranscriber's note: a word is missing.\n\n${after}`,
      `THE TIDE\n\n${story(50)}\n\n${after}`,
    );
  });

  it("leaves the story's own paragraphs before the next chapter, though they have words that notes have", () => {
    const tale =
      "He kept silent, and his face was changed.\n\nShe had supplied the bread and removed the cloth.\n\nThe boat was gone.";
    const before = `THE TIDE\n\n${story(120)}`;
    for (const note of [
      "Transcriber's Note: a word is missing here.",
      "Transcriber's Note\n\nA page was torn out of the original.",
    ])
      for (const heading of ["CHAPTER II", "Chapter II", "Book the Second", "12."]) {
        const after = `${tale}\n\n\n\n${heading}\n\n${story(20, "It fell")}`;
        assertKept(`${before}\n\n${note}\n\n${after}`, `${before}\n\n${after}`);
      }
  });

  it("leaves the stanzas of a poem that is indented as the note is", () => {
    const stanza = "    The water rose,\n      And all the boats were gone.";
    const stanzas = Array.from({ length: 30 }, () => stanza).join("\n\n");
    const note = "    Transcriber's Note: a line is missing here.";
    assertKept(`THE TIDE\n\n${stanzas}\n\n${note}\n\n${stanzas}`, `THE TIDE\n\n${stanzas}\n\n${stanzas}`);
  });

  it("takes a note out of the lines of a paragraph, and no more", () => {
    assertKept(
      "THE TIDE\n\nIt rose \"high\n[Transcriber's Note: so in the original]\nand higher\" [Transcriber's Note: p. 73], and fell.",
      'THE TIDE\n\nIt rose "high\nand higher", and fell.',
    );
  });
});

describe("strip, of what makers write at the ends of a book", () => {
  const notes = [
    "[Note on the encoding: this text file uses Latin-1.\n\nThe letters å and ø appear as in the original. If they look like\ngarbage, your text reader is set to something else.\n\nItalics are marked by underscores [like _this_].]",
    "[This text is meant for readers whose text readers cannot show\nUTF-8; accents [é] have been removed.\n\nInconsistent spelling is unchanged.]",
    "Anmerkungen zur Transkription\n\nDer Originaltext ist in Fraktur gesetzt. Offensichtliche Druckfehler wurden korrigiert.\n\nSeite 12: »teh« geändert in »the«.",
    "Hinweise zur Transkription:\n\nIm Original in Antiqua gesetzter Text ist hier _so ausgezeichnet_.",
    "[Im Folgenden werden alle geänderten Textzeilen angeführt, wobei jeweils\nzuerst die Zeile wie im Original, danach die geänderte Zeile steht.\n\nteh Wasser\nthe Wasser\n]",
    'Opmerkingen van de bewerker\n\nDe spelling van het origineel is behouden. Drukfouten zijn verbeterd.\n\nBlz. 12: "teh" vervangen door "the".',
    "Au lecteur\n\nCe livre électronique reproduit le texte original; l'orthographe a été conservée.\n\nPage 12: «teh» remplacé par «the».",
    'Errata noted by the transcriber:\n\nPage 12: for "teh" read "the".\n\nPage 15: quotation mark added.',
    "ERRATA (noted by transcriber)\n\nPart One:\n  It rose\n    _text has comma for period_\n\nPart Two:\n  It fell\n    _final period missing or invisible_",
    "Corrections made by the etext transcriber:\n\nteh=>the {pg 12}",
    "List of corrections by the Transcriber\n\np. 12 teh -> the",
    "This e-text was made from the edition of 1890. Italics are marked by underscores; obvious errors were corrected.",
    "The listed errata have been corrected, as have obvious typos; the original\ntext's hyphenation and spelling have been retained in this text version.",
    "Redactor's Note: the original spelling was kept.",
    "PG Editor's Note: the original spelling was kept.",
    "Nota del transcriptor: se ha respetado la ortografía original.",
    "Note au lecteur de ce fichier digital:\n\nSeules les erreurs clairement introduites par le typographe ont été corrigées.",
    "Note del Trascrittore\n\nOrtografia e punteggiatura originali sono state mantenute.",
    "Nota de editor: Devido à existência de erros tipográficos neste texto, foram tomadas várias decisões.",
    "A Note from the Transcriber:\n\nThe spelling of the original was kept.",
    'Transcriber\'s Changes:\n\nPage 12: "teh" was changed to "the".',
  ];
  for (const note of notes) {
    it(`takes off at either end ${JSON.stringify(note.slice(0, 70))}`, () => {
      const body = `THE TIDE\n\n${story(30)}`;
      assertKept(`${note}\n\n\n\n${body}`, body);
      assertKept(`${body}\n\n\n\n${note}`, body);
    });
  }

  it("takes off the list that a note at the beginning announces", () => {
    const front = "[Transcriber's Note: Typographical errors are listed at the end of the e-text.]";
    const body = `THE TIDE\n\n${story(30)}`;
    const list =
      "ERRATA.\n\nI.i.\nIt rose\n  [_Text shown as printed: error for fell?_]\n\nIt fell.  [_final . missing_]";
    assertKept(`${front}\n\n\n\n${body}\n\n\n* * *\n\n${list}`, body);
  });

  for (const [what, list] of [
    [
      "line by line",
      "ETEXT EDITOR'S BOOKMARKS:\n\nA fine day by the sea\nThey all went out\nWalking is its own reward",
    ],
    ["indented", "     PG EDITOR'S BOOKMARKS:\n\n     A fine day by the sea\n     They all went out"],
    [
      "one in a paragraph",
      "ETEXT EDITOR'S BOOKMARKS OF THE ENTIRE WALK:\n\nA fine day by the sea\n\nThey all went out",
    ],
    [
      "in no order",
      "EDITOR'S BOOKMARKS:\n\nWalking is its own reward\nA fine day by the sea\nThey all went out\nAll was still",
    ],
  ]) {
    it(`takes off an editor's bookmarks ${what}, also between two volumes`, () => {
      assertKept(`THE WALK\n\n${story(20)}\n\n\n${list}`, `THE WALK\n\n${story(20)}`);
      const second = `BOOK TWO\n\n${story(20, "They walked")}`;
      assertKept(
        `THE WALK\n\n${story(20)}\n\n\n\n${list}\n\n\n\n${second}`,
        `THE WALK\n\n${story(20)}\n\n\n\n${second}`,
      );
    });
  }

  it("takes off bare notes on changes", () => {
    const notes =
      'Notes:\n\n1. page 12: "wlak" has been changed to "walk".\n2. I have modernised the hyphens of the paper edition.';
    assertKept(`THE WALK\n\n${story(20)}\n\n\n${notes}`, `THE WALK\n\n${story(20)}`);
  });

  it("takes off music as source code in a note, of any length", () => {
    const bars = "  \\time 4/4 c4[ d e f] | g2 g |\n".repeat(400);
    const music = `[Transcriber's Note: the music as source code:\n\n\\version "2.10"\n\\relative c' {\n${bars}}\n\n\\score { \\new Staff { [c d] } }\n\n]`;
    const [before, after] = [`THE TIDE\n\n${story(30)}`, story(30, "It fell")];
    assertKept(`${before}\n\n${music}\n\n${after}`, `${before}\n\n${after}`);
  });

  it("takes off credits behind the title and at either end", () => {
    const credit = "This etext was prepared by A. Person, a@b.org, from scanned images.";
    const [title, body] = ["THE TIDE\n\nby Ann Body", story(40)];
    assertKept(
      `Produced by A. Person\n\n\n\n${title}\n\n${credit}\n\n${body}\n\n\n\n${credit}`,
      `${title}\n\n${body}`,
    );
  });

  it("says how much it took off, and how the longest note begins, where that is more than a little", () => {
    const list = Array.from({ length: 100 }, (_, index) => `Page ${index}: "teh" changed to "the".`).join(
      "\n",
    );
    const { content, notices } = strip(
      file(`THE TIDE\n\n${story(30)}\n\n\n\nTranscriber's Notes\n\n${list}`),
    );
    assert.equal(content, `THE TIDE\n\n${story(30)}\n`);
    assert.match(
      notices.join(),
      /^took off [\d,]+ of [\d,]+ characters: head \d+, licence \d+, notes 3,\d+ \(the longest note begins "Transcriber's Notes Page 0: /,
    );
  });
});

describe("strip, of what only looks like a note", () => {
  const mail =
    "She wrote an e-mail to ann@sea.org.\n\nThe page www.tide.org showed html and nothing else.\n\nhttps://tide.org/a was gone; the e-text too.\n\nI read that e-book on the Internet Archive all night.";
  const mails =
    "From: ann@sea.org\nTo: bob@hill.org\nSubject: The tide\n\nDear Bob, the e-text you prepared by hand was lovely.";
  const bodies: [string, string][] = [
    ["a story of e-mail, html and www at its ends", `${mail}\n\n${story(60)}\n\n${mail}`],
    ["a story in e-mails", `${mails}\n\n${story(30)}\n\n${mails}`],
    ["the same behind a title", `THE TIDE\n\n${mail}\n\n${mails}\n\n${story(30)}`],
    [
      "a preface to the reader",
      `LE FLUX\n\nAu lecteur.\n\nC'est ici un livre de bonne foi, lecteur.\n\n${story(30)}`,
    ],
    [
      "a printed list of errata",
      `THE TIDE\n\n${story(30)}\n\n\n\nERRATA.\n\nPage 12, line 3, for sea read see.\n\nPage 13, for land read hand.`,
    ],
    [
      "notes of the author",
      `THE TIDE\n\n${story(30)}\n\n\n\nNotes:\n\n1. Page 12: the poet means Virgil.\n\n2. Page 20: Horace, Odes.`,
    ],
    [
      "lines in brackets at the end of a poem",
      "O sea, come back to me\n  [He weeps.]\nO land, give me thy hand\n  [He goes.]\n\n[Exit.]",
    ],
    [
      "chapters on a project",
      "THE DAM\n\nEND OF THE PROJECT\n\nIt was done.\n\nEND OF THE PROJECT\n\nIt was over.",
    ],
    [
      "a storm that produces waves",
      "THE TIDE\n\nProduced by the storm, waves rose.\n\nPrepared for the worst, he sang.",
    ],
    [
      "a transcriber in the story",
      `THE TIDE\n\nThe transcriber noted the spelling.\n\n${story(30)}\n\nThe transcriber's notes were lost at sea.`,
    ],
    [
      "words on bookmarks",
      `THE TIDE\n\n${story(9)}\n\nThe editor's bookmarks lay on the table.\n\nAll was still.\n\nAnd dark.`,
    ],
    [
      "notes of the printed book",
      `THE TIDE\n\n${story(30)}\n\n\n\nNOTES.\n\nPage 12. This line was omitted in the original edition.\n\nPage 14. The poet means Virgil.\n\nPage 20. Horace, Odes.`,
    ],
    [
      "notes of the book's editor in brackets",
      `THE TIDE\n\n${story(400)}\n\n[Note.--The version of 1815 omitted these lines; they were restored in 1820.]\n\n${story(400)}`,
    ],
    [
      "what was produced by others, and their e-mail",
      `THE ROBOT\n\nIt was day.\n\nProduced by a company in Ohio, it had a plate: www.acme.com.\n\nTyped by his daughter, the e-text of the will was long.\n\nThis file was his life: an e-mail to ann@sea.org.\n\n${story(40)}`,
    ],
  ];
  for (const [what, body] of bodies) {
    it(`keeps ${what}`, () => {
      assertKept(body, body);
    });
  }

  it("keeps the story behind a list of bookmarks that ends", () => {
    const list = "PG EDITOR'S BOOKMARKS:\n\nA fine day\nBe still";
    const after = "The second part begins here and goes on.\n\nAnd on.";
    assertKept(`BOOK ONE\n\n${story(9)}\n\n${list}\n\n${after}`, `BOOK ONE\n\n${story(9)}\n\n${after}`);
  });

  it("keeps what stands behind a bracket that closes only by chance", () => {
    const after = "He died [1].\n\nShe left]\n\nAnd on.\n\nAnd on.\n\nAnd on.";
    assertKept(
      `THE TIDE\n\n${story(9)}\n\n[Transcriber's note: see page [12 of the original.\n\n${after}`,
      `THE TIDE\n\n${story(9)}\n\n${after}`,
    );
  });
});

describe("strip, of other layouts", () => {
  it("takes off a second head behind the marker", () => {
    const second =
      "The Project Gutenberg eBook of The Tide, by Ann Body\n\nTitle: The Tide\n\nRelease Date: May 2001 [EBook #12]";
    assertKept(`${second}\n\n\nTHE TIDE\n\n${story(9)}`, `THE TIDE\n\n${story(9)}`);
  });

  it("takes off small print at the end where no marker begins the book", () => {
    const text = `The Project Gutenberg EBook of The Tide, by Ann Body\n\nTitle: The Tide\n\nWe have moved most of the information to the end.\n\n\n${story(30)}\n\nEnd of this Project Gutenberg Etext of The Tide\n\nWe are now trying to release our books.\n\n***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN EBOOKS**START***\nWhy is this here?\n\nWord of law.\n\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*\n`;
    assert.deepEqual(strip(text), { content: `${story(30)}\n`, notices: [] });
    assert.equal(readBookIn(text).title, "The Tide");
  });

  it("takes off the head and the last line of Gutenberg Australia, and reads the head", () => {
    const head =
      "Project Gutenberg Australia\n\n\nTitle: The Tide\nAuthor: Ann Body\n* A Project Gutenberg of Australia eBook *\neBook No.: 12.txt\nEdition: 1\nLanguage: English\nCharacter set encoding: ASCII--7 bit\nDate first posted: August 2001\n\nThis eBook was produced by: A. Person\n\nCopyright laws are changing all over the world.\n\nTo contact Project Gutenberg of Australia go to http://gutenberg.net.au\n\n---\n\nTitle: The Tide\nAuthor: Ann Body\n\n";
    const text = `${head}THE TIDE\n\n${story(9)}\n\nTHE END\n\n\nThis site is full of FREE ebooks - Project Gutenberg Australia\n`;
    assert.deepEqual(strip(text), { content: `THE TIDE\n\n${story(9)}\n\nTHE END\n`, notices: [] });
    const { title, author } = readBookIn(text);
    assert.deepEqual([title, author], ["The Tide", "Ann Body"]);
  });

  for (const first of [
    "Project Gutenberg's The Tide, or, a Full Account of all the Storms, the Islands\nand the Strange People that a Sailor Met with upon the Four Seas in the Years\nof his Youth, Written by Himself, by Ann Body",
    "Project Gutenberg's The Tide",
  ]) {
    it(`takes off a head that begins ${JSON.stringify(first.slice(0, 40))}, and reads its fields`, () => {
      const text = file(story(9)).replace(/^.*\n/, `${first}\n`);
      assert.deepEqual(strip(text), { content: `${story(9)}\n`, notices: [] });
      assert.equal(readBookIn(text).title, "The Tide");
    });
  }

  for (const [what, text] of [
    ["only its first marker", `${START}\n\n${story(9)}\n`],
    ["no head", `${story(9)}\n\n${END}\n\nUpdated editions will replace the previous one.\n`],
    ["no marker at all", `${HEAD}\n\n${story(9)}\n`],
  ]) {
    it(`reads a book of which somebody left ${what}`, () => {
      assert.deepEqual(strip(text), { content: `${story(9)}\n`, notices: [] });
    });
  }
});
