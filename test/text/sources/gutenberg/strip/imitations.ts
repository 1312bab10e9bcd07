/** Imitations of Project Gutenberg's files for tests, in own words but for the phrases by which the files are known. */

export const START = "*** START OF THE PROJECT GUTENBERG EBOOK THE TIDE ***";
export const END = "*** END OF THE PROJECT GUTENBERG EBOOK THE TIDE ***";

export const HEAD =
  "The Project Gutenberg eBook of The Tide, by Ann Body\n\nThis eBook is for the use of anyone anywhere at no cost.\n\nTitle: The Tide\n\nAuthor: Ann Body\n\nLanguage: English\n";

export const LICENCE =
  "Updated editions will replace the previous one.\n\n*** START: FULL LICENSE ***\n\nTHE FULL PROJECT GUTENBERG LICENSE\n\nSection 1.  General Terms of Use\n\n1.A.  By reading you agree.\n\nThis Web site tells how to\nsubscribe to our email newsletter to hear about new eBooks.\n";

/** Heads and licences of the layouts from 1991 to today. */
export const HEADS: Readonly<Record<string, string>> = {
  today: `${HEAD}\n${START}\n`,
  "the 1990s":
    "Project Gutenberg Etext of The Tide, by Ann Body\n\nCopyright laws are changing all over the world, be sure to check.\n\nTHE TIDE\n\nby Ann Body\n\nMay, 1997 [Etext #12]\n\n***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\nWhy is this here? You know: lawyers.\n\nWords of law.\n\n*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n",
};
export const TAILS: Readonly<Record<string, string>> = {
  today: `End of the Project Gutenberg EBook of The Tide, by Ann Body\n\n${END}\n\n${LICENCE}`,
  "the 1990s": "End of Project Gutenberg's The Tide, by Ann Body\n",
  "2002": `${END}\n\nThis file should be named 1.txt\n\nWe are now trying to release all our eBooks one year in advance.\n\nMail goes to:\n\n***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN EBOOKS**START***\nWhy?\n\nLaw.\n\n*END THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*\n`,
  "a word": `${END}\n\nlicence\n`,
};

/** A file of today around a book. */
export function file(body: string): string {
  return `${HEAD}\n${START}\n\n\n${body}\n\n\n${END}\n\n${LICENCE}`;
}

/** So many short paragraphs. */
export function story(paragraphs: number, words = "The water rose"): string {
  return Array.from({ length: paragraphs }, (_, index) => `${words} on day ${index}.`).join("\n\n");
}
