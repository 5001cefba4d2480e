import { describe, expect, it } from 'vitest'
import { readFiles, type SliceChanges, slice } from '../test-support/phantom.ts'
import { kernelCode, kernelWords } from './kernel.ts'

const read = (changes: SliceChanges) => readFiles([0, 1, 2].map((k) => slice(k, changes)))

/** Without what the vault gets. */
const said = ({ studies }: Awaited<ReturnType<typeof read>>) =>
  studies.map(({ caseId, origin, ...description }) => {
    expect(origin.caseId).toBe(caseId)
    return description
  })

describe('what leaves', () => {
  it('[PRIV-1] titles a case from modality and a defined body part', async () => {
    expect((await read({ BodyPartExamined: 'CHEST' })).studies[0]?.title).toBe('CT chest')
    const odd = await read({ BodyPartExamined: 'OKONKWO MAREN' })
    expect(said(odd)).toEqual([{ title: 'CT study', modality: 'CT' }])
  })

  it('[PRIV-1] folds ages, keeps sex as a code, shifts dates', async () => {
    const dated = { PatientAge: '097Y', PatientSex: 'F', StudyDate: '20240229' }
    const [study] = (await read(dated)).studies
    expect(study).toMatchObject({ patientAge: '90 years or older', patientSex: 'F' })
    expect(study?.studyDate).toMatch(/^20[12]\d-\d\d-\d\d$/)
    expect(study?.studyDate).not.toBe('2024-02-29')
    expect(said(await read({ PatientAge: '001M', PatientSex: 'MAREN' }))).toEqual([
      { title: 'CT study', modality: 'CT', patientAge: '1 month' },
    ])
  })

  it('shows numbers and codes on which all slices agree, and only known ones', async () => {
    const common = { KVP: '120', ConvolutionKernel: 'B30f', SliceThickness: '2.5000001' }
    const mixed = [0, 1, 2].map((k) => slice(k, { ...common, XRayTubeCurrent: `${100 + k}` }))
    const { series } = await readFiles(mixed)
    expect(series[0]?.attributes).toEqual([
      { keyword: 'SliceThickness', value: 2.5 },
      { keyword: 'KVP', value: 120 },
      { keyword: 'ConvolutionKernel', value: 'B30f' },
    ])
    expect(series[0]?.label).toBe('CT · axial · kernel B30f · 2 mm')
    const named = await read({ ConvolutionKernel: 'Dr. Brandvold' })
    expect(named.series[0]?.attributes).toEqual([])
    expect(named.series[0]?.label).toBe('CT · axial · 2 mm')
  })

  it.each([
    ['1\\0\\0\\0\\0\\-1', '10\\{}\\30', 'coronal'],
    ['0\\1\\0\\0\\0\\-1', '{}\\20\\30', 'sagittal'],
    ['0.7071068\\0\\0.7071068\\0\\1\\0', '-{}\\0\\{}', 'oblique'],
  ])('names the plane of %s', async (orientation, position, plane) => {
    const slices = [10, 12, 14].map((at, k) =>
      slice(k, {
        ImageOrientationPatient: orientation,
        ImagePositionPatient: position.replaceAll('{}', String(at)),
      }),
    )
    expect((await readFiles(slices)).series[0]?.label).toContain(` ${plane} `)
  })

  it('knows the kernels of the makers and puts the telling ones in words', () => {
    expect(['LUNG', 'FC51', 'Br40d', 'YA'].map(kernelCode)).toEqual(['LUNG', 'FC51', 'Br40d', 'YA'])
    expect(['Maren', '4471882', '', 'ZZ'].map(kernelCode)).toEqual(Array(4).fill(undefined))
    expect([kernelWords('LUNG'), kernelWords('FC51')]).toEqual(['lung kernel', 'kernel FC51'])
  })
})
