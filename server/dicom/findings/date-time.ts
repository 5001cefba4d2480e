const two = (n: number) => `${n}`.padStart(2, '0')

/** DA (PS3.5 6.2) in this machine's time zone, as the hospital's other equipment writes it. */
export function dicomDate(atMs: number): string {
  const at = new Date(atMs)
  return `${`${at.getFullYear()}`.padStart(4, '0')}${two(at.getMonth() + 1)}${two(at.getDate())}`
}

/** TM, whole seconds. */
export function dicomTime(atMs: number): string {
  const at = new Date(atMs)
  return `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
}

/** DT with its offset from UTC: it means the same wherever it is read. */
export function dicomDateTime(atMs: number): string {
  const offsetMinutes = -new Date(atMs).getTimezoneOffset()
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60]
  const sign = offsetMinutes < 0 ? '-' : '+'
  return `${dicomDate(atMs)}${dicomTime(atMs)}.00${sign}${two(hours)}${two(minutes)}`
}
