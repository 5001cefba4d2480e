import { bodyPartOfConcept, bodyPartWords } from '../../../shared/dicom/body-part.ts'
import type { CleanDataSet } from '../deidentify/clean-data-set.ts'

/** Segmented properties (PS3.16 CID 7150 to 7199) in words: SNOMED CT concept, old SNOMED RT code. */
const concepts: readonly (readonly [sct: string, srt: string, words: string])[] = [
  ['10200004', 'T-62000', 'Liver'],
  ['78961009', 'T-C3000', 'Spleen'],
  ['64033007', 'T-71000', 'Kidney'],
  ['39607008', 'T-28000', 'Lung'],
  ['80891009', 'T-32000', 'Heart'],
  ['12738006', 'T-A0100', 'Brain'],
  ['113305005', 'T-A6000', 'Cerebellum'],
  ['5366008', 'T-A2570', 'Hippocampus'],
  ['42695009', 'T-A4000', 'Thalamus'],
  ['389080008', 'T-A0095', 'White matter'],
  ['389081007', 'T-A0096', 'Grey matter'],
  ['65216001', 'T-A1000', 'Cerebrospinal fluid'],
  ['2748008', 'T-A7010', 'Spinal cord'],
  ['18234004', 'T-A8040', 'Optic nerve'],
  ['81745001', 'T-AA000', 'Eye'],
  ['79652003', 'T-AA770', 'Eyeball'],
  ['45289007', 'T-61100', 'Parotid gland'],
  ['21974007', 'T-53000', 'Tongue'],
  ['54066008', 'T-55000', 'Pharynx'],
  ['4596009', 'T-24100', 'Larynx'],
  ['44567001', 'T-25000', 'Trachea'],
  ['955009', 'T-26000', 'Bronchus'],
  ['3120008', 'T-29000', 'Pleura'],
  ['32849002', 'T-56000', 'Oesophagus'],
  ['69695003', 'T-57000', 'Stomach'],
  ['38848004', 'T-58200', 'Duodenum'],
  ['30315005', 'T-58000', 'Small bowel'],
  ['71854001', 'T-59300', 'Colon'],
  ['34402009', 'T-59600', 'Rectum'],
  ['15776009', 'T-65000', 'Pancreas'],
  ['28231008', 'T-63000', 'Gallbladder'],
  ['28273000', 'T-60610', 'Bile duct'],
  ['23451007', 'T-B3000', 'Adrenal gland'],
  ['87953007', 'T-73000', 'Ureter'],
  ['41216001', 'T-92000', 'Prostate'],
  ['35039007', 'T-83000', 'Uterus'],
  ['15497006', 'T-87000', 'Ovary'],
  ['76752008', 'T-04000', 'Breast'],
  ['59441001', 'T-C4000', 'Lymph node'],
  ['59820001', 'T-40000', 'Blood vessel'],
  ['51114001', 'T-41000', 'Artery'],
  ['29092000', 'T-48000', 'Vein'],
  ['15825003', 'T-42000', 'Aorta'],
  ['81040000', 'T-44000', 'Pulmonary artery'],
  ['32764006', 'T-48810', 'Portal vein'],
  ['64131007', 'T-48710', 'Inferior vena cava'],
  ['48345005', 'T-48610', 'Superior vena cava'],
  ['87878005', 'T-32600', 'Left ventricle'],
  ['53085002', 'T-32500', 'Right ventricle'],
  ['82471001', 'T-32300', 'Left atrium'],
  ['73829009', 'T-32200', 'Right atrium'],
  ['76848001', 'T-39000', 'Pericardium'],
  ['272673000', 'T-D016E', 'Bone'],
  ['421060004', 'T-D04FF', 'Spine'],
  ['51282000', 'T-11510', 'Vertebra'],
  ['54735007', 'T-11AD0', 'Sacrum'],
  ['113197003', 'T-11300', 'Rib'],
  ['56873002', 'T-11210', 'Sternum'],
  ['79601000', 'T-12280', 'Scapula'],
  ['51299004', 'T-12310', 'Clavicle'],
  ['85050009', 'T-12410', 'Humerus'],
  ['71341001', 'T-12710', 'Femur'],
  ['118645006', 'T-12375', 'Bony pelvis'],
  ['89546000', 'T-11100', 'Skull'],
  ['91609006', 'T-11180', 'Mandible'],
  ['39937001', 'T-01000', 'Skin'],
  ['71616004', 'T-13001', 'Muscle'],
  ['256674009', 'T-D008A', 'Fat'],
  ['248300009', 'F-03D38', 'Body fat'],
  ['21793004', 'T-1A200', 'Connective tissue'],
  ['91772007', 'T-D0062', 'Parenchyma'],
  ['85756007', 'T-D0050', 'Tissue'],
  ['15158005', 'A-80230', 'Air'],
  ['108369006', 'M-8FFFF', 'Tumour'],
  ['86049000', 'M-80003', 'Primary tumour'],
  ['14799000', 'M-80006', 'Secondary tumour'],
  ['128462008', 'DF-00436', 'Metastasis'],
  ['52988006', 'M-01100', 'Lesion'],
  ['27925004', 'M-03010', 'Nodule'],
  ['4147007', 'M-03000', 'Mass'],
  ['367643001', 'M-3340A', 'Cyst'],
  ['79654002', 'M-36300', 'Oedema'],
  ['6574001', 'M-54000', 'Necrosis'],
  ['50960005', 'M-37000', 'Haemorrhage'],
  ['35566002', 'M-35060', 'Haematoma'],
  ['396339007', 'M-35001', 'Thrombus'],
  ['44132006', 'M-41610', 'Abscess'],
  ['85659009', 'M-32200', 'Aneurysm'],
  ['1522000', 'M-01470', 'Plaque'],
  ['60046008', 'D2-80100', 'Pleural effusion'],
  ['40388003', 'A-04010', 'Implant'],
  ['65818007', 'A-25500', 'Stent'],
  ['19923001', 'A-26800', 'Catheter'],
  ['123037004', 'T-D000A', 'Anatomical structure'],
  ['49755003', 'M-01000', 'Abnormal structure'],
  ['91720002', 'T-D0080', 'Body substance'],
  ['260787004', 'A-00004', 'Physical object'],
]

const sides: Readonly<Record<string, string>> = {
  '7771000': 'left',
  'G-A101': 'left',
  '24028007': 'right',
  'G-A100': 'right',
  '51440002': 'both sides',
  'G-A102': 'both sides',
}

const schemes = new Set(['SCT', 'SRT', 'SNM3', '99SDM'])

const wordsOfCode = new Map(
  concepts.flatMap(([sct, srt, words]) => [
    [sct, words],
    [srt, words],
  ]) as [string, string][],
)

/** The first item of a code sequence that is known, with its side if it says one. */
export function propertyWords(codes: readonly CleanDataSet[]): string | undefined {
  for (const item of codes) {
    const words = wordsOf(item)
    if (!words) continue
    const modifiers = item.items('SegmentedPropertyTypeModifierCodeSequence')
    const side = modifiers.map((modifier) => sides[codeOf(modifier) ?? '']).find(Boolean)
    return side ? `${words}, ${side}` : words
  }
  return undefined
}

/** (125040, DCM): what a label map calls everything that is no segment. */
export function isBackground(codes: readonly CleanDataSet[]): boolean {
  return codes.some(
    (item) =>
      item.string('CodingSchemeDesignator') === 'DCM' && item.string('CodeValue') === '125040',
  )
}

function wordsOf(item: CleanDataSet): string | undefined {
  const code = codeOf(item)
  if (code === undefined) return undefined
  const term = bodyPartOfConcept('SCT', code)
  const bodyPart = term && bodyPartWords(term)
  return wordsOfCode.get(code) ?? (bodyPart && capitalised(bodyPart))
}

function codeOf(item: CleanDataSet): string | undefined {
  const scheme = item.string('CodingSchemeDesignator')
  return scheme && schemes.has(scheme) ? item.string('CodeValue') : undefined
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
