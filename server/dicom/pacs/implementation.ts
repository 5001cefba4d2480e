/** Names what wrote a file or speaks in an association (PS3.7 D.3.3.2, PS3.10 7.1). */

/** One for all versions: nothing depends on it. */
export const implementationClassUID = '2.25.299177383823475372036411286438018713013'
export const implementationVersionName = 'CASEROOM'
