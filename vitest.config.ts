import {defineConfig} from "vitest/config";

const shared = {
  env: {TZ: "UTC"},
  restoreMocks: true,
  setupFiles: ["test/setup.ts"],
  // a wait ends with what it waits for, however slow the machine is: a second is not enough where others work
  expect: {poll: {interval: 50, timeout: 50_000}}
};

const patient = {testTimeout: 120_000, hookTimeout: 120_000};

export default defineConfig({
  test: {
    // one a core of a small machine: the default leaves one of two idle, and more starve what waits for a page
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          ...patient,
          name: "unit-lib",
          include: ["test/lib/**/*.test.ts"],
          isolate: false // what is pure may share its modules: half of the time went into loading them anew
        }
      },
      {
        test: {
          ...shared,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", "test/lib/**"],
          ...patient
        }
      },
      {
        test: {
          ...shared,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          globalSetup: ["test/browser/global-setup.ts"]
        }
      }
    ]
  }
});
