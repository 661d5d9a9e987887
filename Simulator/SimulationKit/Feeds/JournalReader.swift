import HTTPTransport
import MockHubSpot
import SyncCore
import WireJSON

/// Reads HubSpot's webhooks journal from the oldest file on: ask for what comes after the last one,
/// fetch it behind its signed address, go on.
struct JournalReader {
    private let observer: FeedObserver
    private let line: ObserverLine
    private var token: String?
    private var isSubscribed = false
    /// The last file that was worked through; `nil` starts with the earliest.
    private var offset: String?
    private var reading = 1

    init(_ observer: FeedObserver) {
        self.observer = observer
        self.line = ObserverLine(observer)
    }

    mutating func run() async {
        while !Task.isCancelled {
            do {
                try await self.observer.waitWhileAway()
                try await self.step()
            } catch {
                try? await self.observer.pair.time.sleep(milliseconds: Self.pause)
            }
        }
    }

    private mutating func step() async throws {
        guard let token = self.token else { return try await self.signIn() }
        guard self.isSubscribed else { return try await self.subscribe(token) }
        let at = self.observer.now
        let reply = try await self.ask(.get, "journal", self.next, token)
        let offset = self.offset
        switch reply.status {
        case 200:
            self.note(.answered(offset: offset), at)
            try await self.read(try JSON(parsing: reply.body))
        case 204:
            self.note(.answered(offset: offset), at)
            try await self.observer.pair.time.sleep(milliseconds: self.observer.plan.journalPause)
        case 404:
            self.observer.hit(.journalOffsetRefused)
            self.note(.refused(offset: offset ?? ""), at)
            self.offset = nil
            self.reading += 1
        default: try await self.giveUp(reply)
        }
    }

    /// The next entry, or several of them at once.
    private var next: String {
        let batch = self.observer.plan.journalBatch
        guard let offset = self.offset else {
            return batch > 1 ? "/batch/earliest/\(batch)" : "/earliest"
        }
        return batch > 1 ? "/batch/\(offset)/next/\(batch)" : "/offset/\(offset)/next"
    }

    // MARK: - Files

    private mutating func read(_ reply: JSON) async throws {
        for entry in reply["results"]?.elements ?? [reply] {
            if self.observer.take({ troubles in
                defer { troubles.dawdles = false }
                return troubles.dawdles
            }) {
                try await self.observer.pair.time.sleep(milliseconds: Self.dawdling)
            }
            let offset = entry["currentOffset"]?.string ?? ""
            let file = try await self.line.send(
                HTTPRequest(method: .get, url: entry["url"]?.string ?? "", headers: [])
            )
            let now = self.observer.now
            guard file.status == 200 else {
                self.observer.hit(.journalAddressEnded)
                let ends = entry["expiresAt"]?.string.flatMap {
                    CivilTime.milliseconds(Array($0.utf8)[...])
                }
                return self.note(.noFile(status: file.status, expiresAt: ends ?? 0), now)
            }
            let json = try JSON(parsing: file.body)
            self.observer.note { observed in
                observed.files.append(
                    JournalFile(json, at: now, reading: self.reading, askedFor: offset)
                )
            }
            self.offset = offset
        }
    }

    // MARK: - Signing in and subscribing

    private mutating func signIn() async throws {
        guard case .oauth(let id, let secret, _) = MockHubSpotApp.standardOAuth.credential else {
            return
        }
        self.token = try await self.line.token(
            from: MockTransport.hubspotURL + "/oauth/2026-03/token",
            clientID: id,
            clientSecret: secret
        )
    }

    private mutating func subscribe(_ token: String) async throws {
        let names = FeedObserver.properties.sorted().map { "\"\($0)\"" }.joined(separator: ",")
        let bodies = [
            #""subscriptionType":"OBJECT","objectIds":[],"properties":[\#(names)],"#
                + #""actions":["CREATE","UPDATE","DELETE","MERGE","RESTORE"]"#,
            #""subscriptionType":"GDPR_PRIVACY_DELETION","actions":["GDPR_DELETE"]"#,
        ]
        for body in bodies {
            let body = #"{"portalId":9900001,"objectTypeId":"0-1",\#(body)}"#
            let reply = try await self.ask(.post, "subscriptions", "", token, body)
            guard reply.status == 200 else { return try await self.giveUp(reply) }
        }
        self.isSubscribed = true
        self.observer.note { $0.journalSince = self.observer.now }
    }

    private func ask(
        _ method: HTTPMethod,
        _ part: String,
        _ path: String,
        _ token: String,
        _ body: String = ""
    ) async throws -> HTTPResponse {
        try await self.line.send(
            HTTPRequest(
                method: method,
                url: "\(MockTransport.hubspotURL)/webhooks-journal/\(part)/2026-03\(path)",
                headers: [
                    HTTPHeader("Authorization", "Bearer \(token)"),
                    HTTPHeader("Content-Type", "application/json"),
                ],
                body: Array(body.utf8)
            )
        )
    }

    private mutating func giveUp(_ reply: HTTPResponse) async throws {
        if reply.status == 401 {
            self.observer.hit(.journalTokenEnded)
            self.token = nil
        } else {
            self.observer.tell("the journal answered \(reply.status)")
            self.note(.failed(status: reply.status), self.observer.now)
            try await self.observer.pair.time.sleep(milliseconds: Self.pause)
        }
    }

    private func note(_ kind: ObservedFeeds.JournalNotice.Kind, _ at: Int64) {
        self.observer.note { $0.journalNotices.append(.init(at: at, kind: kind)) }
    }

    private static let pause: Int64 = 1_000
    /// Longer than an address is valid.
    private static let dawdling: Int64 = 310_000
}
