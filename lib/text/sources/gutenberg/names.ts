/** Names and titles as one says them, from the way in which the catalogue and the heads of books write them. */

/** What stands before a whole name, as in "Sir Walter Raleigh". */
const BEFORE =
  /^(?:sir|dame|lord|lady|mrs|miss|mr|dr|rev|reverend|hon|captain|colonel|general|major|admiral)\.?$/i;
/** Ranks: a person with such a one is entered by the name of the title, which is often the surname too. */
const RANK =
  /^(?:\d+\p{L}* )?(?:baron|baroness|earl|countess|viscount|viscountess|marquis|marquess|marchioness|duke|duchess|count|prince|princess|graf|gräfin|freiherr|freifrau|comte|comtesse|baronne|marquise|vicomte|vicomtesse|duc|duchesse|prince|princesse|conte|contessa|conde|condesa|marchese|jonkheer|seigneur|sieur)\b/iu;
/** A title that waits for its name: "Earl of". */
const OPEN = /\s(?:of|de|du|des|d'|von|van|di|da|del|zu)$/i;

/**
 * A name as one says it, without years; what somebody did to the book stands behind it in brackets.
 *
 * @param heading as in the catalogue: "Austen, Jane, 1775-1817"
 * @example nameOf("Chapman, R. W. (Robert William), 1881-1960 [Editor]") // "R. W. Chapman (editor)"
 * @example nameOf("Beaconsfield, Benjamin Disraeli, Earl of, 1804-1881") // "Benjamin Disraeli, Earl of Beaconsfield"
 */
export function nameOf(heading: string): string {
  const role = /\[([^\]]+)\]\s*$/.exec(heading)?.[1];
  const [surname = heading, ...others] = heading
    .replace(/\s*\[[^\]]*\]|\s*\([^)]*\)/g, "")
    .split(/\s*,\s*/)
    .filter((piece) => piece !== "" && (!/\d/.test(piece) || RANK.test(piece)));
  const name = inOrder(surname, others);
  return role ? `${name} (${role.toLowerCase()})` : name;
}

function inOrder(surname: string, [first = "", ...others]: readonly string[]): string {
  if (BEFORE.test(first) || (RANK.test(first) && OPEN.test(first))) {
    return [`${first} ${surname}`, ...others].join(", "); // "Lady Gregory", "marquis de Sade"
  }
  if (/^\p{Ll}/u.test(first)) return [`${surname} ${first}`, ...others].join(", "); // "Augustine of Hippo, Saint"
  if (/^(?:saint|pope|king|queen|emperor|empress)\b/i.test(first))
    return [surname, first, ...others].join(", ");
  const before = others.filter((title) => BEFORE.test(title)).map((title) => `${title} `);
  const rank = others.find((title) => RANK.test(title));
  const isByTitle = rank !== undefined && OPEN.test(rank);
  const hasSurname = rank !== undefined && new RegExp(` ${escaped(surname)}$`, "i").test(first);
  // "Avebury, John Lubbock, Baron": Avebury is the title's name; "Tolstoy, Leo, graf": Tolstoy is his own.
  const isOfTitle = rank !== undefined && !hasSurname && / /.test(first) && ENGLISH_RANK.test(rank);
  const titles = others
    .filter((title) => !BEFORE.test(title))
    .map((title) => (title === rank && (isByTitle || isOfTitle) ? `${title} ${surname}` : title));
  const name = isByTitle || isOfTitle || hasSurname ? first : `${first} ${surname}`.trim();
  return [before.join("") + name, ...titles].join(", ");
}

/** Ranks whose bearers have a surname beside the title. */
const ENGLISH_RANK = /^(?:\d+\p{L}* )?(?:baron|baroness|earl|viscount|viscountess|marquess|duke|duchess)$/iu;

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The longest line that was surely ended on purpose, in characters. */
const SHORT = 60;

/**
 * A title from the lines that it is written on. A line that is long, or that cannot end there, is only wrapped; what
 * stands on a line of its own is the subtitle.
 *
 * @example titleOf(["The Picture of Dorian Gray", "A Novel"]) // "The Picture of Dorian Gray: A Novel"
 */
export function titleOf(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .reduce((title, line, index, all) => {
      if (index === 0) return line;
      const before = all[index - 1];
      const isWrapped = `${before} ${line.split(/\s/)[0]}`.length > SHORT;
      const goesOn =
        /^\p{Ll}/u.test(line) ||
        /[,;:.!?—-]$|\b(?:an?|the|of|and|or|in|to|for|with|on|by|from|at)$/i.test(before);
      return title + (isWrapped || goesOn ? " " : ": ") + line;
    }, "");
}

/**
 * The names on the lines of a head's field, one on each, unless a line is too long for its last word to be the end of a name.
 *
 * @example namesOf(["Jacob Grimm", "Wilhelm Grimm"]) // "Jacob Grimm, Wilhelm Grimm"
 */
export function namesOf(lines: readonly string[]): string {
  return lines.reduce((names, line, index) => {
    if (index === 0) return line;
    const before = lines[index - 1];
    const isWrapped =
      `${before} ${line.split(/\s/)[0]}`.length > SHORT || /(?:[,;&-]|\b(?:and|of|the))$/.test(before);
    return names + (isWrapped ? " " : ", ") + line;
  }, "");
}
