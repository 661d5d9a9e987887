package import ArgumentParser
import Foundation
import SimulationKit

/// `duet-simulator fuzz`: malformed requests get the vendors' errors, never a crash or a hang.
package struct FuzzCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Send both mocks requests with something wrong in them.",
        discussion: """
            Real addresses, verbs and bodies with odd values, cut off, doubled, nested deeply. Every \
            reply must be one that a client can read. Exit code 1: one was not.
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
            var total = FuzzRun.Result()
            try await SideBySide.run(jobs: self.jobs) {
                guard let place = left.popFirst() else { return nil }
                let count = min(
                    FuzzRun.requestsOfOneMock,
                    self.requests - place * FuzzRun.requestsOfOneMock
                )
                let seed = self.first + UInt64(place)
                return { FuzzRun.run(side, seed: seed, requests: count) }
            } each: { (result: FuzzRun.Result) in
                total.requests += result.requests
                total.statuses.merge(result.statuses, uniquingKeysWith: +)
                total.faults += result.faults
                for fault in result.faults { print("BROKEN  \(fault)") }
            }
            let statuses = total.statuses.sorted { $0.key < $1.key }
                .map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            print("\(side.rawValue): \(total.requests) requests, \(statuses)")
            if !total.faults.isEmpty { isBroken = true }
        }
        let seconds = Int(ProcessInfo.processInfo.systemUptime - start)
        print(isBroken ? "broken after \(seconds) s" : "every request was answered, \(seconds) s")
        if isBroken { throw ExitCode(1) }
    }
}
