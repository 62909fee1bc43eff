package io.sluice.crash;

/** The moment at which a printing worker is killed. */
enum PrintingDeath {
    BEFORE_THE_PRINTER_HEARS {
        @Override
        void happensTo(PrintingWorkers workers) {
            workers.kill(workers.caughtSending());
        }
    },
    BEFORE_THE_WORKER_KNOWS {
        @Override
        void happensTo(PrintingWorkers workers) {
            TappedWorker doomed = workers.caughtSending();
            int sheets = workers.sheets();
            doomed.freeze();
            doomed.releasePrinter();
            workers.awaitSheets(sheets + 1);
            workers.kill(doomed);
        }
    },
    BEFORE_THE_DATABASE_HEARS {
        @Override
        void happensTo(PrintingWorkers workers) {
            TappedWorker doomed = workers.caughtSending();
            workers.awaitRecord(doomed);
            workers.kill(doomed);
        }
    },
    ANYWHERE {
        @Override
        void happensTo(PrintingWorkers workers) {
            workers.kill(workers.printing());
        }
    };

    abstract void happensTo(PrintingWorkers workers);
}
