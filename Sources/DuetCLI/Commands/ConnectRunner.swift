import CRMInterface
import Foundation
import HTTPTransport
import SyncCore
import SyncRuntime
import SyncStore
import WireJSON

/// Runs one side's sign-in with everything that it needs, and says what came of it.
struct ConnectRunner {
    private let runner: CommandRunner
    private let options: ConnectOptions

    init(_ runner: CommandRunner, _ options: ConnectOptions) {
        self.runner = runner
        self.options = options
    }

    func run(
        _ side: Side,
        _ body: (ConnectDesk) async throws(SyncError) -> [Check]
    ) async throws {
        do {
            let checks = try await self.signIn(side, body)
            self.runner.terminal.print(
                self.runner.options.json
                    ? DoctorReport.json(checks) : try self.report(side, checks)
            )
        } catch {
            throw self.runner.failed(error)
        }
    }

    private func signIn(
        _ side: Side,
        _ body: (ConnectDesk) async throws(SyncError) -> [Check]
    ) async throws -> [Check] {
        let path = self.runner.options.config
        let base = PairBuilder.folder(of: path)
        let vault = Vault(base: base, environment: self.runner.environment)
        let configuration = try PairBuilder.loadOrUsual(path)
        let time = LiveTime()
        let transport = CurlTransport(settings: CurlSettings())
        let opened = Locked<SQLiteSyncStore?>(nil)
        defer {
            transport.shutDown()
            opened.withLock { $0?.close() }
        }
        let place = PairBuilder.storePath(configuration, folder: base)
        let builder = PairBuilder(environment: self.runner.environment)
        let dialog = ConnectDialog(self.runner.terminal)
        let isPasted = self.options.paste
        var desk = ConnectDesk(
            dialog: dialog,
            environment: self.runner.environment,
            vault: vault,
            configuration: configuration,
            time: time,
            access: { () throws(SyncError) in
                let store = try Self.store(place, dialog, time)
                opened.withLock { $0 = store }
                return ConnectAccess(
                    gate: try await builder.gate(
                        side,
                        configuration,
                        store,
                        transport,
                        time,
                        SequenceSource(),
                        ServerClock(time)
                    ),
                    credentials: StoreCredentials(store: store),
                    known: try await store.accounts()[side]?.id
                )
            },
            consent: { request throws(SyncError) in
                isPasted
                    ? try Self.pasted(request, dialog)
                    : try await Self.listened(request, dialog, time)
            }
        )
        desk.port = self.options.port
        return try await body(desk)
    }

    /// The store that counts the calls; while another duet has it, one that is forgotten.
    private static func store(
        _ path: String,
        _ dialog: ConnectDialog,
        _ time: LiveTime
    ) throws(SyncError) -> SQLiteSyncStore {
        do {
            return try PairBuilder.openStore(path: path)
        } catch {
            guard error.code == .storeBusy else { throw error }
            dialog.say(
                "Another duet is running here: the few calls of this sign-in are not counted."
            )
            return try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        }
    }

    private static func pasted(
        _ request: ConsentRequest,
        _ dialog: ConnectDialog
    ) throws(SyncError) -> ConsentReply {
        dialog.say(
            """
            Open this address in any browser and agree:
              \(request.address)
            It ends at a page that cannot be shown. That is as it should be: copy its address from the address bar.
            """
        )
        guard let text = dialog.ask("The address:", false), !text.isEmpty else {
            throw SyncError(
                code: .usage,
                side: request.side,
                cause: "No address was pasted.",
                nextStep: "Run it again."
            )
        }
        return try ConsentReply(text, of: request.side)
    }

    private static func listened(
        _ request: ConsentRequest,
        _ dialog: ConnectDialog,
        _ time: LiveTime
    ) async throws(SyncError) -> ConsentReply {
        try await CallbackListener(request, time: time).reply { _ in
            dialog.say(
                """
                Open this address in a browser on this machine and agree (on another machine: --paste):
                  \(request.address)
                Waiting for the browser …
                """
            )
        }
    }

    /// Whether there is a configuration that does not use what was stored.
    private func signsInOtherwise(_ side: Side) throws(SyncError) -> Bool {
        guard let configuration = try? PairBuilder.loadOrUsual(self.runner.options.config) else {
            return false
        }
        return side == .hubspot
            ? configuration.hubspot.sign != .connected : !configuration.salesforce.isConnected
    }

    private func report(_ side: Side, _ checks: [Check]) throws(SyncError) -> String {
        let key = try SecretKey.find(self.runner.environment)
        let vault = Vault(
            base: PairBuilder.folder(of: self.runner.options.config),
            environment: self.runner.environment
        )
        var lines: [String] = []
        if side == .salesforce, let org = checks.first(where: { $0.topic == .account })?.shown {
            lines.append("It is \(org).")
        }
        lines.append("Kept in \(vault.path(side)), sealed with the key in \(key?.origin ?? "…").")
        let problems = DoctorReport.problems(checks, self.runner.terminal)
        if !problems.isEmpty { lines += ["", "Before it can sync:", problems, ""] }
        if try self.signsInOtherwise(side) {
            lines.append(
                "\(self.runner.options.config) still signs in by other secrets: write `\(side.rawValue): connected` there."
            )
        }
        let other = try vault.connected(side.other)
        lines.append(
            other == nil
                ? "Next: duet connect \(side.other.rawValue)"
                : FileManager.default.fileExists(atPath: self.runner.options.config)
                    ? "Next: duet doctor" : "Next: duet init"
        )
        return lines.joined(separator: "\n")
    }
}
