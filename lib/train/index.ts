/** What this stage offers: trainings, what they tell, how they are kept, and the search for their settings. */
export { completeParams, defaults, type Params, type TrainingParams } from "./params";
export { Training } from "./training";
export type { Position } from "./position";
export { train, type TrainingEvents } from "./train";
export { completeOptions, type TrainOptions } from "./options";
export type {
  CheckpointEvent,
  EndEvent,
  HistoryEntry,
  NoticeEvent,
  SampleEvent,
  StepEvent,
  TrainingEvent,
  ValidationEvent,
} from "./events";
export { shortOptions, startShort, type ShortWayOptions } from "./short-ways/short-ways";
export { sizedParams } from "./short-ways/sized";
export { DivergedError } from "./diverged";
export { leaveOneOut, type LeaveOneOut, type LeaveOneOutOptions } from "./leave-one-out";
export { endAfter, iterationsOf, type EpochOptions } from "./epochs";
export { interruptible, takeInterrupt, type Interrupt } from "./interrupt";
export { canValidate, validate, type Validation } from "./validation/validate";
export { stepCost, type StepCost } from "./steps/step-cost";
export { cardIn, loadModel, resumeTraining, saveCheckpoint } from "./saved/checkpoint";
export { claimRun } from "./saved/claim";
export { cardOf, type Card } from "./saved/card";
export { about, readCard, readModel, saveModel, type SaveModelOptions } from "./saved/model-file";
export { modelPlace, pretrainedFile, runFolder } from "./saved/places";
export { asideInWords, clearRunsAside, runsAside, type RunAside } from "./saved/runs-aside";
export { pretrained } from "./saved/pretrained";
export { search, type SearchEvent, type SearchOptions } from "./search/search";
export { trialFolder, type TrialOptions } from "./search/trial";
export type { Range, Space } from "./search/space";
export { bestOf } from "./search/trials-csv";
export type { TrialResult } from "./search/engine";
