/** What names stand for characters in XML, and in the XHTML 1.1 of older books (the sets Latin-1, special and symbol). */

const named = new Map(Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }));

/** Names in the order of the characters, from a first one on; "-" where none has a name. */
const runs: readonly (readonly [first: number, names: string])[] = [
  [
    0xa0,
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro " +
      "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil " +
      "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
      "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml " +
      "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
      "thorn yuml",
  ],
  [0x152, "OElig oelig"],
  [0x160, "Scaron scaron"],
  [0x178, "Yuml"],
  [0x192, "fnof"],
  [0x2c6, "circ"],
  [0x2dc, "tilde"],
  [
    0x391,
    "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi " +
      "Psi Omega - - - - - - - alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho " +
      "sigmaf sigma tau upsilon phi chi psi omega",
  ],
  [0x2002, "ensp emsp"],
  [
    0x2009,
    "thinsp - - zwnj zwj lrm rlm - - - ndash mdash - - - lsquo rsquo sbquo - ldquo rdquo bdquo - dagger Dagger bull",
  ],
  [0x2026, "hellip"],
  [0x2030, "permil - prime Prime"],
  [0x2039, "lsaquo rsaquo"],
  [0x2044, "frasl"],
  [0x20ac, "euro"],
  [0x2122, "trade"],
  [0x2190, "larr uarr rarr darr harr"],
  [0x2212, "minus"],
  [0x221e, "infin"],
  [0x2260, "ne"],
  [0x2264, "le ge"],
];
for (const [first, names] of runs)
  names.split(" ").forEach((name, index) => named.set(name, String.fromCharCode(first + index)));

/**
 * The character of a name or number; undefined where there is none.
 *
 * @example characterOf("#x2014") // "—"
 */
export function characterOf(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:[xX]([\da-fA-F]+)|(\d+))$/.exec(name) ?? [];
  const number = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
  if (number === undefined) return named.get(name);
  return number > 0 && number <= 0x10ffff ? String.fromCodePoint(number) : undefined;
}
