import Foundation
import HTTPTransport
import WireJSON

/// The show: two untidy CRMs, a preview, a sync, a fight and a pulled plug, in five acts.
///
/// Every number is computed from the mocks' own exports and counters.
package struct Demo: Sendable {
    package struct Options: Sendable {
        package var duet: String
        package var simulator: String
        package var contacts = 3_000
        package var seed = 7
        /// Set by the test that breaks the engine, to see the demo notice.
        package var sabotage: String?

        package init(duet: String, simulator: String) {
            self.duet = duet
            self.simulator = simulator
        }
    }

    let options: Options
    let stage: DemoStage

    package init(options: Options) {
        self.options = options
        self.stage = DemoStage()
    }

    /// Plays all acts.
    ///
    /// - Returns: whether nothing was duplicated and nothing lost.
    package func run() async throws -> Bool {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-demo-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let simulator = ChildProcess(
            self.options.simulator,
            [
                "serve", "--hubspot", "127.0.0.1:0", "--salesforce", "127.0.0.1:0",
                "--contacts", "\(self.options.contacts)", "--seed", "\(self.options.seed)",
            ]
        )
        simulator.silence()
        try simulator.start()
        defer { simulator.terminate() }
        guard let line = simulator.readLine() else {
            throw DemoFailure("the simulator did not start")
        }
        var settings = CurlSettings()
        settings.totalTimeout = 60_000
        let transport = CurlTransport(settings: settings)
        defer { transport.shutDown() }
        let world = try DemoWorld(readyLine: line, transport: transport)
        let duet = try DemoDuet(
            path: self.options.duet,
            folder: folder,
            ready: world.ready,
            sabotage: self.options.sabotage
        )
        try await self.twoCRMs(world)
        let preview = try await self.preview(duet)
        try await self.sync(world, duet, preview)
        try await self.fight(world, duet)
        let plug = try await self.plug(world, duet)
        try await self.close(world, plug)
        return plug.duplicates == 0 && plug.lost == 0
    }
}
