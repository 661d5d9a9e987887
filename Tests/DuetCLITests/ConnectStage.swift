import CRMInterface
@testable import DuetCLI
import Foundation
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

/// A person, a folder and both mocks, for one sign-in after another.
final class ConnectStage: Sendable {
    let folder: String
    let vault: Vault
    let environment: [String: String]
    let world: MockWorld
    let store: SQLiteSyncStore
    private let time: ManualTime
    private let answers: Locked<[String]>
    private let told = Locked<[String]>([])

    init(
        portal: MockHubSpotSettings = MockHubSpotSettings(),
        org: MockSalesforceSettings = MockSalesforceSettings(),
        environment: [String: String] = [:],
        answers: [String] = []
    ) throws {
        let name = ProcessInfo.processInfo.globallyUniqueString
        self.folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-connect-\(name)").path
        try FileManager.default.createDirectory(
            atPath: self.folder,
            withIntermediateDirectories: true
        )
        self.environment = environment.merging(["HOME": self.folder + "/home"]) { own, _ in own }
        self.vault = Vault(base: self.folder, environment: self.environment)
        let time = ManualTime()
        self.time = time
        self.world = MockWorld(
            hubspot: MockHubSpot(settings: portal),
            salesforce: MockSalesforce(settings: org),
            time: time
        )
        self.store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        self.answers = Locked(answers)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.folder)
    }

    /// Everything that the person was shown.
    var shown: String { self.told.withLock { $0.joined(separator: "\n") } }

    func answer(_ lines: [String]) {
        self.answers.withLock { $0 = lines }
    }

    /// A desk whose person agrees at once, or ends at the address `foreign`.
    func desk(
        _ side: Side,
        known: String? = nil,
        foreign: String? = nil
    ) async throws -> ConnectDesk {
        let transport = MockTransport(world: self.world)
        let gate = RateLimiter(
            side: side,
            transport: transport,
            store: self.store,
            time: self.time,
            sequence: SequenceSource(),
            limits: try await CallLimits.restored(side: side, store: self.store, time: self.time),
            progress: { _ in }
        )
        let credentials = StoreCredentials(store: self.store)
        return ConnectDesk(
            dialog: ConnectDialog(
                say: { text in self.told.withLock { $0.append(text) } },
                ask: { question, _ in
                    self.told.withLock { $0.append(question) }
                    return self.answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                }
            ),
            environment: self.environment,
            vault: self.vault,
            configuration: try ConfigurationReader.read(
                ConfigurationTemplate.text(connected: [.hubspot, .salesforce]),
                path: "duet.yaml"
            ),
            time: self.time,
            access: { () throws(SyncError) in
                ConnectAccess(gate: gate, credentials: credentials, known: known)
            },
            consent: { request throws(SyncError) in
                if let foreign { return try ConsentReply(foreign, of: side) }
                return try await Self.agreed(request, transport)
            }
        )
    }

    /// What a browser ends at when the person agrees at once.
    static func agreed(
        _ request: ConsentRequest,
        _ transport: MockTransport
    ) async throws(SyncError) -> ConsentReply {
        let reply: HTTPResponse
        do {
            reply = try await transport.send(HTTPRequest(method: .get, url: request.address))
        } catch {
            throw SyncError(code: .unreachable, cause: "\(error)", nextStep: "")
        }
        guard let place = reply.header("Location") else {
            let text = String(decoding: reply.body, as: UTF8.self)
            throw SyncError(code: .internal, cause: text, nextStep: "")
        }
        return try ConsentReply(place, of: request.side)
    }
}
