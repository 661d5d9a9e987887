import DemoKit
import Foundation
import HTTPTransport
import WireJSON

/// Both mock CRMs and `duet` as processes of their own, over HTTP, on files: as a user runs them.
final class Stage {
    let world: DemoWorld
    let duet: DemoDuet
    let folder: URL
    private let simulator: ChildProcess
    private let transport: CurlTransport

    /// Starts the simulator on these people; `hubspot` and `salesforce` are CSV files' lines.
    init(hubspot: [String], salesforce: [String], fields: [String] = DemoDuet.fields) throws {
        let binaries = try Self.binaries()
        let number = ProcessInfo.processInfo.globallyUniqueString
        self.folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-acceptance-\(number)")
        let people = self.folder.appendingPathComponent("people")
        for (name, lines) in [
            ("hubspot/contacts.csv", hubspot), ("salesforce/Contact.csv", salesforce),
        ] {
            let file = people.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        }
        self.simulator = ChildProcess(
            binaries.appendingPathComponent("duet-simulator").path,
            [
                "serve", "--hubspot", "127.0.0.1:0", "--salesforce", "127.0.0.1:0", "--import",
                people.path,
            ]
        )
        try self.simulator.start()
        guard let line = self.simulator.readLine() else {
            throw DemoFailure("the simulator did not start")
        }
        var settings = CurlSettings()
        settings.totalTimeout = 60_000
        self.transport = CurlTransport(settings: settings)
        self.world = try DemoWorld(readyLine: line, transport: self.transport)
        self.duet = try DemoDuet(
            path: binaries.appendingPathComponent("duet").path,
            folder: self.folder,
            ready: self.world.ready,
            fields: fields
        )
    }

    deinit {
        self.simulator.terminate()
        self.transport.shutDown()
        try? FileManager.default.removeItem(at: self.folder)
    }

    /// Calls that both mocks have billed.
    func billed() async throws -> [String: Int] {
        let usage = try await self.world.usage()
        return Self.numbers(usage) { $0["billed"] }
    }

    /// Calls in the ledger, of the last 24 hours.
    func ledger() throws -> [String: Int] {
        Self.numbers(try self.duet.run("status").json["calls"]) { $0 }
    }

    /// The calls of one report.
    static func calls(_ report: JSON) -> [String: Int] {
        Self.numbers(report["calls"]) { $0 }
    }

    private static func numbers(_ json: JSON?, _ read: (JSON) -> JSON?) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for side in ["hubspot", "salesforce"] {
            numbers[side] = json?[side].flatMap(read)?.integer.map { Int($0) } ?? 0
        }
        return numbers
    }

    /// Where the build put the executables: beside the test bundle.
    static func binaries() throws -> URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            let duet = folder.appendingPathComponent("duet").path
            if FileManager.default.isExecutableFile(atPath: duet) { return folder }
            folder.deleteLastPathComponent()
        }
        throw DemoFailure("duet is not beside the tests: build all products first")
    }
}
