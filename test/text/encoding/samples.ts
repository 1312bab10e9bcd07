/** Sentences of our own in encodings of before Unicode; the bytes were made by Python. */

export interface Sample {
  /** By its label. */
  readonly encoding: string;
  readonly text: string;
  readonly bytes: Buffer;
}

const ru = "Мороз и солнце, день хорош, пора вставать. Мы вышли из дома рано утром и пошли вдоль реки,\n";
const uk =
  "Сьогодні вранці ми пішли до лісу збирати гриби, але знайшли тільки старий міст і тиху річку. Бабуся розповідала, що колись тут жив мельник, який умів\n";
const pl =
  "Zażółć gęślą jaźń, mówi pan do pani. Dziś rano poszliśmy nad morze i widzieliśmy statki płynące ku dalekim wyspom. Stary rybak powiedział nam, że wiat\n";
const cs =
  "Dnes ráno jsme šli k řece a viděli jsme lodě, které plují k dalekým ostrovům. Starý rybář nám řekl, že se vítr k večeru změní. Děti si hrály v písku a\n";
const el =
  "Σήμερα το πρωί πήγαμε στη θάλασσα και είδαμε τα καράβια να φεύγουν για τα νησιά. Ο γέρος ψαράς μας είπε ότι ο άνεμος θα αλλάξει το βράδυ. Τα παιδιά έπ\n";
const he =
  "היום בבוקר הלכנו אל הים וראינו את הספינות יוצאות לדרך. הדייג הזקן אמר לנו שהרוח תשתנה לפנות ערב. הילדים שיחקו בחול וצחקו בקול רם. איש לא ידע מה יביא י\n";
const ar =
  "ذهبنا اليوم في الصباح إلى البحر ورأينا السفن تغادر إلى الجزر البعيدة. قال لنا الصياد العجوز إن الريح ستتغير في المساء. كان الأطفال يلعبون في الرمل ويض\n";
const th =
  "วันนี้ตอนเช้าเราไปทะเลและเห็นเรือออกเดินทางไปยังเกาะที่อยู่ไกล ชาวประมงแก่บอกเราว่าลมจะเปลี่ยนทิศในตอนเย็น เด็กๆ เล่นทรายและหัวเราะเสียงดัง ไม่มีใครรู\n";
const tr =
  "Bu sabah erkenden denize gittik ve uzak adalara giden gemileri gördük. Yaşlı balıkçı bize rüzgârın akşama doğru değişeceğini söyledi. Çocuklar kumda o\n";
const fr =
  "Où est le café, où est l'hôtel ? Ce matin, nous sommes allés à la mer et nous avons vu les bateaux partir vers les îles lointaines. Le vieux pêcheur n\n";
const enq =
  "“Where is the café?” she asked. ‘It’s by the harbour,’ he said — and that was all. They walked along the quay until the lamps were lit, and Zoë’s hat\n";
const ja =
  "むかし、山の中に人がいた。今朝、私たちは海へ行って、遠い島へ向かう船を見ました。年をとった漁師は、夕方には風が変わるだろうと言いました。子どもたちは砂の上で遊び、大きな声で笑ってい\n";
const zh =
  "今天早上我们去了海边，看见船开往远方的岛屿。老渔夫告诉我们，傍晚的时候风会变。孩子们在沙滩上玩耍，大声地笑着。没有人知道明天会带来什么，但是每个人都希望会更好。一个人走在路上，心里\n";
const tw =
  "春天來了，花兒開了。今天早上我們去了海邊，看見船開往遠方的島嶼。老漁夫告訴我們，傍晚的時候風會變。孩子們在沙灘上玩耍，大聲地笑著。沒有人知道明天會帶來什麼，但是每個人都希望會更好。\n";
const ko =
  "오늘 아침 우리는 바다에 가서 먼 섬으로 떠나는 배를 보았다. 늙은 어부는 저녁 무렵에 바람이 바뀔 것이라고 말했다. 아이들은 모래 위에서 놀며 크게 웃었다. 내\n";

const written: readonly (readonly [encoding: string, text: string, base64: string])[] = [
  [
    "koi8-r",
    ru,
    "7c/Sz9ogySDTz8zOw8UsIMTFztggyM/Sz9ssINDP0sEg19PUwdfB1NguIO3ZINfZ28zJIMnaIMTPzcEg0sHOzyDV1NLPzSDJINDP28zJINfEz8zYINLFy8ksCg==",
  ],
  [
    "windows-1251",
    ru,
    "zO7w7ucg6CDx7uvt9uUsIOTl7fwg9e7w7vgsIO/u8OAg4vHy4OLg8vwuIMz7IOL7+OvoIOjnIOTu7OAg8ODt7iDz8vDu7CDoIO/u+OvoIOLk7uv8IPDl6ugsCg==",
  ],
  [
    "ibm866",
    ru,
    "jK7grqcgqCDhrqut5qUsIKSlrewg5a7grugsIK+u4KAgouHioKKg4uwuIIzrIKLr6KuoIKinIKSurKAg4KCtriDj4uCurCCoIK+u6KuoIKKkrqvsIOClqqgsCg==",
  ],
  [
    "iso-8859-5",
    ru,
    "vN7g3tcg2CDh3tvd5tUsINTV3ewg5d7g3ugsIN/e4NAg0uHi0NLQ4uwuILzrINLr6NvYINjXINTe3NAg4NDd3iDj4uDe3CDYIN/e6NvYINLU3tvsIODV2tgsCg==",
  ],
  [
    "koi8-u",
    uk,
    "89jPx8/EzqYg19LBzsOmIM3JINCm28zJIMTPIMym09Ug2sLJ0sHUySDH0snCySwgwczFINrOwcrbzMkg1KbM2MvJINPUwdLJyiDNptPUIKYg1MnI1SDSpt7L1S4g4sHC1dPRINLP2tDP16bEwczBLCDdzyDLz8zJ09gg1NXUINbJ1yDNxczYzsnLLCDRy8nKINXNptcK",
  ],
  [
    "iso-8859-2",
    pl,
    "WmG/87PmIGfqtmyxIGphvPEsIG3zd2kgcGFuIGRvIHBhbmkuIER6abYgcmFubyBwb3N6bGm2bXkgbmFkIG1vcnplIGkgd2lkemllbGm2bXkgc3RhdGtpIHCzeW6xY2Uga3UgZGFsZWtpbSB3eXNwb20uIFN0YXJ5IHJ5YmFrIHBvd2llZHppYbMgbmFtLCC/ZSB3aWF0Cg==",
  ],
  [
    "windows-1250",
    cs,
    "RG5lcyBy4W5vIGpzbWUgmmxpIGsg+GVjZSBhIHZpZOxsaSBqc21lIGxvZOwsIGt0ZXLpIHBsdWrtIGsgZGFsZWv9bSBvc3Ryb3b5bS4gU3Rhcv0gcnli4fggbuFtIPhla2wsIJ5lIHNlIHbtdHIgayB2ZehlcnUgem3sbu0uIETsdGkgc2kgaHLhbHkgdiBw7XNrdSBhCg==",
  ],
  [
    "iso-8859-7",
    el,
    "097s5fHhIPTvIPDx+d8g8N7j4ezlIPP05yDo3Ovh8/PhIOrh6SDl3+Th7OUg9OEg6uHx3OLp4SDt4SD25f3j7/XtIOPp4SD04SDt5/Pp3C4gzyDj3fHv8iD44fHc8iDs4fIg5d/w5SD89Okg7yDc7eXs7/Ig6OEg4evr3O7l6SD07yDi8dzk9S4g1OEg8OHp5OncIN3wCg==",
  ],
  [
    "windows-1255",
    he,
    "5Onl7SDh4eX3+CDk7Ovw5SDg7CDk6e0g5fjg6fDlIOD6IOTx9Onw5fog6eX24OX6IOzj+OouIOTj6eniIOTm9+8g4O74IOzw5SD55Pjl5yD6+frw5CDs9PDl+iDy+OEuIOTp7OPp7SD56ef35SDh5+XsIOX25/flIOH35ewg+O0uIODp+SDs4CDp4/Ig7uQg6eHp4CDpCg==",
  ],
  [
    "windows-1256",
    ar,
    "0OXI5Mcgx+Ht5uMg3e0gx+HVyMfNIMXh7CDH4cjN0SDm0cPt5Mcgx+HT3eQgytvHz9EgxeHsIMfhzNLRIMfhyNrtz8kuIN7H4SDh5Mcgx+HV7cfPIMfh2szm0iDF5CDH4dHtzSDTysrb7dEg3e0gx+Hj08fBLiDfx+Qgx+HD2N3H4SDt4drI5uQg3e0gx+HR4+Eg5u3WCg==",
  ],
  [
    "windows-874",
    th,
    "x9G5udXptc254Krp0uDD0uS7t9DgxeHF0ODL57ngw9fNzc2h4LTUubfSp+S7wtGn4KHS0LfV6M3C2ejkocUgqtLHu8PQwafhoei6zaHgw9LH6NLFwajQ4LvF1ejCubfUyOO5tc254MLnuSDgtOeh5iDgxei5t8PSwuHF0MvRx+DD0tDgytXCp7TRpyDkwejB1eOkw8PZCg==",
  ],
  [
    "windows-1254",
    tr,
    "QnUgc2FiYWggZXJrZW5kZW4gZGVuaXplIGdpdHRpayB2ZSB1emFrIGFkYWxhcmEgZ2lkZW4gZ2VtaWxlcmkgZ/ZyZPxrLiBZYf5s/SBiYWz9a+f9IGJpemUgcvx6Z+Jy/W4gYWv+YW1hIGRv8HJ1IGRl8Gn+ZWNl8GluaSBz9nlsZWRpLiDHb2N1a2xhciBrdW1kYSBvCg==",
  ],
  [
    "macintosh",
    fr,
    "T50gZXN0IGxlIGNhZo4sIG+dIGVzdCBsJ2iZdGVsID8gQ2UgbWF0aW4sIG5vdXMgc29tbWVzIGFsbI5zIIggbGEgbWVyIGV0IG5vdXMgYXZvbnMgdnUgbGVzIGJhdGVhdXggcGFydGlyIHZlcnMgbGVzIJRsZXMgbG9pbnRhaW5lcy4gTGUgdmlldXggcJBjaGV1ciBuCg==",
  ],
  [
    "windows-1252",
    fr,
    "T/kgZXN0IGxlIGNhZuksIG/5IGVzdCBsJ2j0dGVsID8gQ2UgbWF0aW4sIG5vdXMgc29tbWVzIGFsbOlzIOAgbGEgbWVyIGV0IG5vdXMgYXZvbnMgdnUgbGVzIGJhdGVhdXggcGFydGlyIHZlcnMgbGVzIO5sZXMgbG9pbnRhaW5lcy4gTGUgdmlldXggcOpjaGV1ciBuCg==",
  ],
  [
    "windows-1252",
    enq,
    "k1doZXJlIGlzIHRoZSBjYWbpP5Qgc2hlIGFza2VkLiCRSXSScyBieSB0aGUgaGFyYm91ciySIGhlIHNhaWQglyBhbmQgdGhhdCB3YXMgYWxsLiBUaGV5IHdhbGtlZCBhbG9uZyB0aGUgcXVheSB1bnRpbCB0aGUgbGFtcHMgd2VyZSBsaXQsIGFuZCBab+uScyBoYXQK",
  ],
  [
    "shift_jis",
    ja,
    "gt6CqYK1gUGOUoLMkoaCyZBsgqqCooK9gUKNoZKpgUGOhIK9gr+CzYpDgtaNc4LBgsSBQYmTgqKTh4LWjPyCqYKkkUSC8IypgtyCtYK9gUKUToLwgsaCwYK9i5mOdILNgUGXW5X7gsmCzZWXgqqVz4LtgumCvoLrgqSCxoy+gqKC3IK1gr2BQo5xgseC4IK9gr+CzY27gsyP44LFl1aC0YFBkeWCq4LIkLqCxY/OgsGCxIKiCg==",
  ],
  [
    "euc-jp",
    ja,
    "pOCkq6S3oaK7s6TOw+aky7/NpKykpKS/oaO6o8SroaK75KS/pMGkz7OkpNi51KTDpMahorHzpKTF56TYuP6kq6SmwaWk8rirpN6kt6S/oaPHr6TypMikw6S/tfm71aTPoaLNvMr9pMukz8n3pKzK0aTvpOukwKTtpKakyLjApKSk3qS3pL+ho7vSpMmk4qS/pMGkz7q9pM6+5aTHzbek06GiwuekraTKwLykx77QpMOkxqSkCg==",
  ],
  [
    "iso-2022-jp",
    ja,
    "GyRCJGAkKyQ3ISI7MyROQ2YkSz9NJCwkJCQ/ISM6I0QrISI7ZCQ/JEEkTzMkJFg5VCRDJEYhIjFzJCRFZyRYOH4kKyQmQSUkcjgrJF4kNyQ/ISNHLyRyJEgkQyQ/NXk7VSRPISJNPEp9JEskT0l3JCxKUSRvJGskQCRtJCYkSDhAJCQkXiQ3JD8hIztSJEkkYiQ/JEEkTzo9JE4+ZSRHTTckUyEiQmckLSRKQDwkRz5QJEMkRiQkGyhCCg==",
  ],
  [
    "gb18030",
    zh,
    "vfHM7NTnyc/O0sPHyKXBy7qjsd+jrL+0vPu0rL+qzfnUtre9tcS1utPsoaPAz9Pmt/K45svfztLDx6OssPjN7bXEyrG68rfnu+Gx5KGjuqLX08PH1NrJs8yyyc/N5sujo6y088n5tdjQptfFoaPDu9PQyMvWqrXAw/fM7LvhtPjAtMqyw7SjrLWrysfDv7j2yMu2vM+jzfu74bj8usOho9K7uPbIy9ff1NrCt8nPo6zQxMDvCg==",
  ],
  [
    "big5",
    tw,
    "rEuk0ajTpEahQarhqOC2faRGoUOktaTRpq2kV6farcylaKRGrvzD5KFBrN2oo7Lutn2pubu3pOiquq5xwKyhQ6bRuq6k0qdptkSn2q3MoUGzxLHfqrquya3Urbe3fMXcoUOrxKRsrcymYqhGxXmkV6qxrUGhQaRqwW6mYa+6tduhQ6hTprOkSKq+uUSp+qTRt3yxYajTpLC78qFBpv2sT6hDrdOkSLOjp8ax5rd8p/OmbqFDCg==",
  ],
  [
    "euc-kr",
    ko,
    "v8C0wyC+xsSnIL/suK60wiC52bTZv6EgsKG8rSC41SC8tsC4t84gtrCzqrTCILnouKYguri+0rTZLiC0xMC6IL7uus60wiDA+rPhILmrt8a/oSC52bb3wMwgudmy8CCwzcDMtvOw7SC4u8fftNkuIL7GwMy16cC6ILjwt6EgwKe/obytILPuuOcgxamw1CC/9L76tNkuILO7Cg==",
  ],
];

export const samples: readonly Sample[] = written.map(([encoding, text, base64]) => ({
  encoding,
  text,
  bytes: Buffer.from(base64, "base64"),
}));
