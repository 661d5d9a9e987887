import DemoKit
import Foundation
import HTTPTransport
import WireJSON

/// What people run: `duet` as a process of its own, with both CRMs behind HTTP in another one.
///
/// The CRMs have no limits to wait for, and answer at once.
package struct ProcessesBenchmark: Benchmark {
    package static let name = "processes"
    package static let question = "records a second and memory of duet itself, over loopback HTTP"

    private let records: Int

    package init(records: Int) {
        self.records = records
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        let folder = try BenchmarkFolder()
        defer { folder.remove() }
        let settings = folder.file("settings.json")
        try Data(Self.settings.utf8).write(to: settings)
        let simulator = ChildProcess(
            try Self.program("duet-simulator"),
            [
                "serve", "--contacts", "\(self.records)", "--seed", "1", "--settings",
                settings.path(percentEncoded: false),
            ]
        )
        simulator.silence()
        try simulator.start()
        defer { simulator.kill() }
        var patience = CurlSettings()
        patience.totalTimeout = 600_000
        let transport = CurlTransport(settings: patience)
        defer { transport.shutDown() }
        guard let line = simulator.readLine() else {
            throw DemoFailure("the simulator did not start")
        }
        let world = try DemoWorld(readyLine: line, transport: transport)
        let duet = try DemoDuet(
            path: try Self.program("duet"),
            folder: folder.url,
            ready: world.ready,
            fields: Self.fields,
            objects: ["Contact"]
        )
        return try await self.workloads(world, duet, progress)
    }

    private func workloads(
        _ world: DemoWorld,
        _ duet: DemoDuet,
        _ progress: @Sendable (String) -> Void
    ) async throws -> [BenchmarkResult] {
        progress("\(Self.name): backfill of \(self.records) people")
        let people = try await world.export("contacts").count + world.export("Contact").count
        var results = [
            try await self.measured("backfill", people, duet, ["backfill", "contacts"])
        ]
        for _ in 0..<3 {
            try await world.advance(seconds: 1_200)
            try duet.run("sync")
        }
        for (object, names) in [
            ("contacts", ["jobtitle", "mobilephone"]), ("Contact", ["Title", "MobilePhone"]),
        ] {
            progress("\(Self.name): updates of \(object)")
            let records = try await world.export(object)
            for piece in stride(from: 0, to: records.count, by: 20_000) {
                try await world.edit(
                    records[piece..<min(piece + 20_000, records.count)].map {
                        Self.edit(object, $0.id, names)
                    }
                )
            }
            try await world.advance(seconds: 10)
            results.append(
                try await self.measured("updates of \(object)", records.count, duet, ["sync"])
            )
            try await world.advance(seconds: 1_200)
            try duet.run("sync")
        }
        return results
    }

    /// Runs duet once and watches it.
    private func measured(
        _ name: String,
        _ records: Int,
        _ duet: DemoDuet,
        _ arguments: [String]
    ) async throws -> BenchmarkResult {
        let child = duet.process(arguments)
        var use = ProcessUse()
        let start = ContinuousClock.now
        try child.start()
        // What it prints may be more than the pipe holds: it is read while it runs.
        async let end = duet.result(of: child, arguments)
        while child.isRunning {
            use.look(at: child.identifier)
            try await Task.sleep(for: .milliseconds(5))
        }
        let seconds = (ContinuousClock.now - start).seconds
        let calls = try await end.json["calls"]
        return BenchmarkResult(
            Self.name,
            name,
            [
                .measured("records", Double(records)),
                .measured("records/s", (Double(records) / seconds).rounded()),
                .measured("CPU µs a record", use.cpu * 1e6 / Double(records)),
                .measured("HubSpot calls", Double(calls?["hubspot"]?.integer ?? 0)),
                .measured("Salesforce calls", Double(calls?["salesforce"]?.integer ?? 0)),
                // Other allocators and thread timings: it is a bound, not a number to the byte.
                .count("peak MiB", use.peakMemory / 1_024, slack: 0.2),
            ]
        )
    }

    /// Two of the fields get a value that the record did not have.
    private static func edit(_ object: String, _ id: String, _ names: [String]) -> [UInt8] {
        let fields = names.map { #""\#($0)":"\#($0.prefix(1)) \#(id.suffix(14))""# }
        return Array(
            """
            {"object":"\(object)","id":"\(id)","author":"anna","fields":{\
            \(fields.joined(separator: ","))}}
            """.utf8
        )
    }

    /// A program that was built beside this one.
    private static func program(_ name: String) throws -> String {
        let folder = (Bundle.main.executableURL ?? URL(filePath: ".")).deletingLastPathComponent()
        let path = folder.appending(path: name).path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw DemoFailure(
                "there is no `\(name)` in \(folder.path(percentEncoded: false)): build it first with "
                    + "`swift build -c release --product \(name)`"
            )
        }
        return path
    }

    /// No limit is near, whatever the number of records.
    private static let settings = """
        {"hubspot": {"settings": {"searchesPerSecondMax": 100000, "dailyMax": 100000000, "apps": [
          {"id": 1160452, "name": "Integration", "burstMax": 1000000,
           "credential": {"staticToken": "pat-na1-integration"}}]}},
         "salesforce": {"settings": {"dailyCallsMax": 100000000}}}
        """

    /// What both CRMs have from the start.
    private static let fields =
        [
            "{hubspot: email, salesforce: Email, rule: twoWay}",
            "{hubspot: lastname, salesforce: LastName, rule: twoWay, "
                + "default: [$emailLocalPart, Unknown]}",
        ]
        + [
            ("firstname", "FirstName"), ("jobtitle", "Title"), ("phone", "Phone"),
            ("mobilephone", "MobilePhone"), ("fax", "Fax"), ("address", "MailingStreet"),
            ("city", "MailingCity"), ("state", "MailingState"), ("zip", "MailingPostalCode"),
            ("country", "MailingCountry"),
        ].map { "{hubspot: \($0.0), salesforce: \($0.1), rule: twoWay}" }
}
