import {
  type SealedOrigin,
  type SealedPatient,
  Vault,
  type VaultRepository,
} from '../vault/vault.ts'

/** Rows of the vault in memory. */
export class MemoryVaultRows implements VaultRepository {
  readonly patients = new Map<string, SealedPatient>()
  readonly origins = new Map<string, SealedOrigin>()

  async addPatient(row: SealedPatient): Promise<SealedPatient> {
    const kept = this.patients.get(row.patientKey) ?? row
    this.patients.set(row.patientKey, kept)
    return kept
  }

  async findPatient(patientKey: string): Promise<SealedPatient | undefined> {
    return this.patients.get(patientKey)
  }

  async findOrigin(caseId: string): Promise<SealedOrigin | undefined> {
    return this.origins.get(caseId)
  }

  async originsOf(patientKey: string): Promise<SealedOrigin[]> {
    return [...this.origins.values()].filter(({ patient }) => patient.patientKey === patientKey)
  }

  async erasePatient(patientKey: string): Promise<void> {
    this.patients.delete(patientKey)
    for (const origin of this.origins.values()) {
      if (origin.patient.patientKey === patientKey) this.origins.delete(origin.caseId)
    }
  }
}

export const memoryVault = (rows = new MemoryVaultRows()): Vault =>
  new Vault(rows, Buffer.alloc(32, 7))
