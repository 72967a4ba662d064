/** Where a pipeline under test finds its servers, and the name that keeps its databases and groups its own. */
export interface SubjectSettings {
  brokers: string[];
  /** Majority writes with journal are part of the address, the same for all. */
  mongoUri: string;
  /** Lower-case; prefix of databases and consumer groups. */
  namespace: string;
}

/** A pipeline that runs, from `content.submitted.v1` to `content.published.v1`. */
export interface RunningSubject {
  /** Its HTTP door, where it has one. */
  url?: string;
  stop(): Promise<void>;
}

export type StartSubject = (settings: SubjectSettings) => Promise<RunningSubject>;
