import UnixSignals
package import ArgumentParser
import Logging
import ServiceLifecycle
import SyncCore
import SyncRuntime

/// `duet run`: polls and syncs until it is stopped.
package struct RunCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Keep both sides in step until stopped (SIGINT or SIGTERM ends it cleanly)."
    )

    @Option(name: .long, help: "Seconds between two looks for changes.")
    package var interval: Int = 20

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func validate() throws {
        guard (1...86_400).contains(self.interval) else {
            throw ValidationError("--interval takes 1 to 86400 seconds.")
        }
    }

    package func run() async throws {
        let interval = Int64(self.interval) * 1_000
        try await CommandRunner(options: self.options).withPair(mayBePaused: true) {
            open,
            _ in
            var pair = open.pair
            pair.settings.pollInterval = interval
            pair.settings.parkedWait = pair.settings.searchLagHorizon
            let runner = PairRunner(pair: pair)
            try await runner.start()
            let service = SyncService(runners: [runner])
            var logger = Logger(label: "duet") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = .warning
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: DaemonService(service: service))],
                    gracefulShutdownSignals: [.sigint, .sigterm],
                    logger: logger
                )
            )
            do {
                try await group.run()
            } catch let error as ServiceGroupError {
                _ = error
            }
            let summary = await runner.summary()
            return try await Reporting.report(title: "Stopped.", open: open, summary: summary)
        }
    }
}
