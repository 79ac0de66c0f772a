/** What the documents name for Issue on Behalf, the newer one first (docs/api/moca.md 2.4). Which the service takes is unknown. */
const documentedScopes = ['issue on-behalf', 'issue'] as const;

/** For settings that name none. */
export const defaultScope = documentedScopes[0];

/** The documented scopes that may work where this one doesn't. */
export const otherScopes = (scope: string): string[] => documentedScopes.filter((one) => one !== scope);
