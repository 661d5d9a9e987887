package import ArgumentParser
import Foundation
import HTTPTransport
import WireJSON

/// `duet-simulator load`: whether `serve` holds under many clients at once.
package struct LoadCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Put many clients on `serve` at once and watch its memory.",
        discussion: """
            Starts `serve` as a process of its own, with invented records and without the vendors' \
            limits, lets the clients read and then write, and compares the process's memory after \
            half of the requests and after all. Exit code 1: a request failed, memory grew, or what \
            --snapshot loaded is not what was saved.
            """
    )

    @Option(help: "How many clients work at the same time.")
    package var clients = 64

    @Option(help: "How many records there are in each CRM, about.")
    package var records = 100_000

    @Option(help: "How many requests of each kind are sent.")
    package var requests = 40_000

    @Option(help: "How many changes of each object type the mocks remember.")
    package var history = 20_000

    @Option(help: "How much memory may grow in the second half, of a hundred.")
    package var growthMax = 3.0

    @Flag(help: "Save everything at the end, load it again and compare the records.")
    package var snapshot = false

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000).contains(self.clients), (1_000...1_000_000).contains(self.records),
            (self.clients...1_000_000_000).contains(self.requests), self.history > 0
        else {
            throw ValidationError(
                "--clients takes 1 to 1000, --records 1000 to 1000000, --requests at least as "
                    + "many as there are clients."
            )
        }
    }

    package func run() async throws {
        var console = Console()
        console.progress("inventing \(self.records) records in each CRM")
        // Each CRM gets three quarters of what is invented.
        let people = min(1_000_000, self.records * 4 / 3)
        let name = "duet-load-\(ProcessInfo.processInfo.processIdentifier).snapshot"
        let file = FileManager.default.temporaryDirectory.appending(path: name)
            .path(percentEncoded: false)
        let served = try ServedProcess(
            arguments: [
                "--contacts", String(people), "--companies", String(people / 20),
                "--history", String(self.history),
            ] + (self.snapshot ? ["--save", file] : [])
        )
        defer {
            served.stop()
            try? FileManager.default.removeItem(atPath: file)
        }
        var settings = CurlSettings()
        settings.inFlightMax = self.clients
        // All records of a type come in one reply.
        settings.replyMax = 1 << 30
        let transport = CurlTransport(settings: settings)
        defer { transport.shutDown() }
        let targets = try await LoadTargets(served, transport)
        var phases: [LoadPhase] = []
        for work in LoadClient.Work.allCases {
            console.progress("\(self.clients) clients: \(work.rawValue)")
            phases.append(try await self.phase(work, targets))
            console.clear()
            if let phase = phases.last, !self.json { print(phase.line) }
        }
        let isRunning = served.isRunning
        var snapshot: LoadSnapshot?
        if self.snapshot, isRunning {
            console.progress("saving and loading")
            snapshot = try await LoadSnapshot.check(served, transport, file)
            console.clear()
            if let snapshot, !self.json { print(snapshot.line) }
        }
        self.report(phases, snapshot)
        guard phases.allSatisfy({ $0.isGood(growthMax: self.growthMax) }), isRunning,
            snapshot?.isGood ?? true
        else { throw ExitCode(1) }
    }

    private func phase(_ work: LoadClient.Work, _ targets: LoadTargets) async throws -> LoadPhase {
        var phase = LoadPhase(work: work, requests: 0, seconds: 0, memory: [], problems: [])
        var clients = (0..<self.clients).map { LoadClient(targets, seed: UInt64($0)) }
        let each = max(1, self.requests / 4 / self.clients)
        let start = ProcessInfo.processInfo.systemUptime
        phase.memory.append(targets.served.residentBytes ?? 0)
        for _ in 0..<4 {
            let results = await withTaskGroup(of: (Int, LoadClient, [String]).self) { group in
                for (place, client) in clients.enumerated() {
                    group.addTask {
                        var client = client
                        let problems = await client.run(work, requests: each)
                        return (place, client, problems)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for (place, client, problems) in results {
                clients[place] = client
                phase.problems = Array((phase.problems + problems).prefix(10))
            }
            phase.requests += each * self.clients
            phase.memory.append(targets.served.residentBytes ?? 0)
        }
        phase.seconds = ProcessInfo.processInfo.systemUptime - start
        return phase
    }

    private func report(_ phases: [LoadPhase], _ snapshot: LoadSnapshot?) {
        guard self.json else {
            for problem in phases.flatMap(\.problems) { print("BROKEN  \(problem)") }
            for phase in phases where phase.growth > self.growthMax {
                print("BROKEN  memory grew while there were \(phase.work.rawValue)")
            }
            if let snapshot, !snapshot.isGood {
                print(
                    "BROKEN  what was loaded \(snapshot.isEqual ? "takes more memory" : "differs")"
                )
            }
            return
        }
        var writer = JSONWriter()
        writer.object { root in
            root.member("clients", self.clients)
            root.member("records", self.records)
            root.name("phases")
            root.array { list in for phase in phases { phase.write(into: &list) } }
            if let snapshot {
                root.name("snapshot")
                snapshot.write(into: &root)
            }
        }
        print(String(decoding: writer.bytes, as: UTF8.self))
    }
}
