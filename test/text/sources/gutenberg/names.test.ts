import assert from "node:assert/strict";
import { nameOf, titleOf } from "../../../../lib/text/sources/gutenberg/names";

describe("nameOf", () => {
  const names: [string, string][] = [
    ["Austen, Jane, 1775-1817", "Jane Austen"],
    ["Chapman, R. W. (Robert William), 1881-1960 [Editor]", "R. W. Chapman (editor)"],
    ["Byron, George Gordon Byron, Baron, 1788-1824", "George Gordon Byron, Baron"],
    ["Tennyson, Alfred Tennyson, Baron, 1809-1892", "Alfred Tennyson, Baron"],
    ["Lytton, Edward Bulwer Lytton, Baron, 1803-1873", "Edward Bulwer Lytton, Baron"],
    ["Lytton, Edward Bulwer Lytton, 1st Baron, 1803-1873", "Edward Bulwer Lytton, 1st Baron"],
    ["Macaulay, Thomas Babington Macaulay, Baron, 1800-1859", "Thomas Babington Macaulay, Baron"],
    ["Bryce, James Bryce, Viscount, 1838-1922", "James Bryce, Viscount"],
    ["Orczy, Emmuska Orczy, Baroness, 1865-1947", "Emmuska Orczy, Baroness"],
    ["Avebury, John Lubbock, Baron, 1834-1913", "John Lubbock, Baron Avebury"],
    ["Grey of Fallodon, Edward Grey, Viscount, 1862-1933", "Edward Grey, Viscount Grey of Fallodon"],
    ["Beaconsfield, Benjamin Disraeli, Earl of, 1804-1881", "Benjamin Disraeli, Earl of Beaconsfield"],
    [
      "Chesterfield, Philip Dormer Stanhope, Earl of, 1694-1773",
      "Philip Dormer Stanhope, Earl of Chesterfield",
    ],
    ["Newcastle, Margaret Cavendish, Duchess of, 1624?-1674", "Margaret Cavendish, Duchess of Newcastle"],
    ["Saint-Simon, Louis de Rouvroy, duc de, 1675-1755", "Louis de Rouvroy, duc de Saint-Simon"],
    ["Ségur, Sophie, comtesse de, 1799-1874", "Sophie, comtesse de Ségur"],
    ["Eichendorff, Joseph, Freiherr von, 1788-1857", "Joseph, Freiherr von Eichendorff"],
    ["Sade, marquis de, 1740-1814", "marquis de Sade"],
    ["Tolstoy, Leo, graf, 1828-1910", "Leo Tolstoy, graf"],
    ["Tolstoy, Aleksey Konstantinovich, graf, 1817-1875", "Aleksey Konstantinovich Tolstoy, graf"],
    ["Dunsany, Lord, 1878-1957", "Lord Dunsany"],
    ["Gregory, Lady, 1852-1932", "Lady Gregory"],
    ["Montagu, Mary Wortley, Lady, 1689-1762", "Lady Mary Wortley Montagu"],
    ["Raleigh, Walter, Sir, 1552?-1618", "Sir Walter Raleigh"],
    ["Ward, Humphry, Mrs., 1851-1920", "Mrs. Humphry Ward"],
    ["Holmes, Oliver Wendell, Jr., 1841-1935", "Oliver Wendell Holmes, Jr."],
    ["Dumas, Alexandre, fils, 1824-1895", "Alexandre Dumas, fils"],
    ["Voltaire, 1694-1778", "Voltaire"],
    ["Homer, 750? BCE-650? BCE", "Homer"],
    ["Various", "Various"],
    ["Pliny, the Elder, 23?-79", "Pliny the Elder"],
    ["Augustine, of Hippo, Saint, 354-430", "Augustine of Hippo, Saint"],
    ["Leonardo, da Vinci, 1452-1519", "Leonardo da Vinci"],
    ["Thomas, à Kempis, 1380-1471", "Thomas à Kempis"],
    ["Elizabeth I, Queen of England, 1533-1603", "Elizabeth I, Queen of England"],
    ["Marcus Aurelius, Emperor of Rome, 121-180", "Marcus Aurelius, Emperor of Rome"],
    ["Goethe, Johann Wolfgang von, 1749-1832", "Johann Wolfgang von Goethe"],
    ["Jerome, Jerome K. (Jerome Klapka), 1859-1927", "Jerome K. Jerome"],
    ["Ford, Ford Madox, 1873-1939", "Ford Madox Ford"],
    ["Pope, Alexander, 1688-1744", "Alexander Pope"],
    ["Prince, Morton, 1854-1929", "Morton Prince"],
    ["Sunzi, active 6th century B.C.", "Sunzi"],
    ["United States. Central Intelligence Agency", "United States. Central Intelligence Agency"],
    ["1788-1824", "1788-1824"],
  ];
  for (const [heading, name] of names) {
    it(`makes "${name}" of "${heading}"`, () => {
      assert.equal(nameOf(heading), name);
    });
  }
});

describe("titleOf", () => {
  const titles: [string[], string][] = [
    [["Emma"], "Emma"],
    [["The Picture of Dorian Gray", "A Novel"], "The Picture of Dorian Gray: A Novel"],
    [["The Life of a Whale, Who Lived,", "and Died"], "The Life of a Whale, Who Lived, and Died"],
    [
      [
        "Poems for Several Seasons",
        "Printed only as Private Tokens of Regard, for the Particular",
        "Friends of the Author",
      ],
      "Poems for Several Seasons: Printed only as Private Tokens of Regard, for the Particular Friends of the Author",
    ],
    [
      [
        "A Narrative of the Voyages and Travels of Several Learned and",
        "Curious Persons Through the Southern Parts, in the Years",
        "of Their Youth",
      ],
      "A Narrative of the Voyages and Travels of Several Learned and Curious Persons Through the Southern Parts, in the Years of Their Youth",
    ],
    [["The History of the", "Whale"], "The History of the Whale"],
  ];
  for (const [lines, title] of titles) {
    it(`joins ${JSON.stringify(lines)}`, () => {
      assert.equal(titleOf(lines), title);
    });
  }
});
