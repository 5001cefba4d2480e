import type { DataSet } from './data-set.ts'

/** Which Caseroom wrote it (PS3.3 C.7.5.1 and C.7.5.2). */
export interface Equipment {
  readonly softwareVersion: string
  /** One installation has one. */
  readonly deviceSerialNumber: string
}

export const equipmentModule = ({ softwareVersion, deviceSerialNumber }: Equipment): DataSet => ({
  Manufacturer: 'Caseroom',
  ManufacturerModelName: 'Caseroom',
  DeviceSerialNumber: deviceSerialNumber,
  SoftwareVersions: softwareVersion,
})
