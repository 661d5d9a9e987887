package import ArgumentParser
import Foundation
import SimulationKit

/// `duet-simulator fuzz`: malformed requests get the vendors' errors, never a crash or a hang.
package struct FuzzCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Send both mocks requests with something wrong in them.",
        discussion: """
            Real addresses with ids and cursors that earlier replies named; most bodies have one \
            thing wrong: a value of another type, a member too many or too few, a batch too large. \
            Every reply must be one that a client can read. Exit code 1: one was not.
            """
    )

    @Option(help: "How many requests each mock gets.")
    package var requests = 100_000

    @Option(help: "The first seed; each seed is one mock's life of 5,000 requests.")
    package var first: UInt64 = 1

    @Option(help: "How many mocks run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    package init() {}

    package func validate() throws {
        guard (1...1_000_000_000).contains(self.requests), (1...256).contains(self.jobs) else {
            throw ValidationError("--requests takes 1 to 1000000000, --jobs 1 to 256.")
        }
    }

    package func run() async throws {
        let start = ProcessInfo.processInfo.systemUptime
        var isBroken = false
        for side in FuzzRun.Side.allCases {
            let lives = (self.requests + FuzzRun.requestsOfOneMock - 1) / FuzzRun.requestsOfOneMock
            var left = (0..<lives)[...]
            var total = FuzzResult()
            try await SideBySide.run(jobs: self.jobs) {
                guard let place = left.popFirst() else { return nil }
                let count = min(
                    FuzzRun.requestsOfOneMock,
                    self.requests - place * FuzzRun.requestsOfOneMock
                )
                let seed = self.first + UInt64(place)
                return { FuzzRun.run(side, seed: seed, requests: count) }
            } each: { (result: FuzzResult) in
                total.add(result)
                for fault in result.faults { print("BROKEN  \(fault)") }
            }
            Self.show(total, of: side)
            if !total.faults.isEmpty { isBroken = true }
        }
        let seconds = Int(ProcessInfo.processInfo.systemUptime - start)
        print(isBroken ? "broken after \(seconds) s" : "every request was answered, \(seconds) s")
        if isBroken { throw ExitCode(1) }
    }

    private static func show(_ total: FuzzResult, of side: FuzzRun.Side) {
        let classes = (2...5).map { hundred in
            (hundred, total.share { $0 / 100 == hundred })
        }.filter { $0.1 > 0 }.map { "\($0.0)xx \(Self.percent($0.1))" }
        let away = total.share { $0 == 404 || $0 == 405 }
        print(
            "\(side.rawValue): \(total.requests) requests, \(classes.joined(separator: ", ")); "
                + "404 and 405 \(Self.percent(away))"
        )
        let statuses = total.statuses.sorted { $0.key < $1.key }
        print("  " + statuses.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
        let all = side.addresses
        let never = all.subtracting(total.reached).sorted()
        print("  \(all.count - never.count) of \(all.count) endpoints carried something out")
        for address in never { print("  never: \(address)") }
    }

    private static func percent(_ share: Double) -> String {
        String(format: "%.1f %%", share)
    }
}
