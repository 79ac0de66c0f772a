import type { Sandbox } from '../../../sandbox';
import type { EngineRun } from '../../support/engine';

/** One run of a node after which its output is looked at. The sandbox starts each empty, with its own settings. */
export type Scenario = (sandbox: Sandbox) => Promise<Pick<EngineRun, 'items' | 'error'>>;

/** By the operation, as `<Service>/<Node> <resource>/<operation>`: what its description of the output is held to. */
export type Scenarios = Record<string, Scenario[]>;
