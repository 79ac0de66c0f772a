/**
 * Loaded into n8n before n8n itself. n8n finds the places of an error in our sources through the source maps, but reads each only once: after
 * a reload it would name the lines as they were before. This lets it read them again for each error.
 */
const requireAsN8n = process.getBuiltinModule('node:module').createRequire(process.argv[1] ?? '');

(requireAsN8n('source-map-support') as { install(options: object): void }).install({ emptyCacheBetweenOperations: true });
