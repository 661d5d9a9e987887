import HTTPTransport
import SimulationKit

/// One of the clients that work at the same time.
struct LoadClient: Sendable {
    /// What a client does.
    enum Work: String, Sendable, CaseIterable {
        case reads
        case writes
    }

    private let targets: LoadTargets
    private var random: SeededRandom

    init(_ targets: LoadTargets, seed: UInt64) {
        self.targets = targets
        self.random = SeededRandom(seed: seed)
    }

    /// Sends so many requests one after the other; answers what was wrong, at most three.
    mutating func run(_ work: Work, requests: Int) async -> [String] {
        var problems: [String] = []
        for _ in 0..<requests {
            let request = work == .reads ? self.read() : self.write()
            do {
                let response = try await self.targets.transport.send(request)
                guard !Self.isGood(response) else { continue }
                problems.append("\(request): \(response.status)")
            } catch {
                problems.append("\(request): \(error.message)")
            }
            if problems.count == 3 { break }
        }
        return problems
    }

    private static func isGood(_ response: HTTPResponse) -> Bool {
        response.status == 200 && !response.body.isEmpty
            && !String(decoding: response.body.prefix(400), as: UTF8.self)
                .contains("\"success\":false")
    }

    // MARK: - Requests

    private mutating func read() -> HTTPRequest {
        switch self.random.below(6) {
        case 0:
            let after = self.random.pick(self.targets.contacts)
            return self.hubspot(.get, "/crm/v3/objects/contacts?limit=100&after=\(after)")
        case 1:
            let ids = (0..<100).map { _ in self.random.pick(self.targets.contacts) }
            let inputs = Set(ids).sorted().map { "{\"id\":\"\($0)\"}" }.joined(separator: ",")
            return self.hubspot(
                .post,
                "/crm/v3/objects/contacts/batch/read",
                "{\"properties\":[\"email\",\"firstname\",\"phone\"],\"inputs\":[\(inputs)]}"
            )
        case 2:
            return self.hubspot(
                .post,
                "/crm/v3/objects/contacts/search",
                """
                {"filterGroups":[{"filters":[{"propertyName":"lastname","operator":"EQ",\
                "value":"Novák"}]}],"limit":50}
                """
            )
        case 3:
            return self.salesforce(
                .get,
                "/query?q=SELECT+Id,FirstName,LastName,Email+FROM+Contact+LIMIT+500"
            )
        case 4:
            return self.salesforce(
                .get,
                "/query?q=SELECT+Id,(SELECT+Id+FROM+Contacts)+FROM+Account+LIMIT+50"
            )
        default:
            return self.salesforce(
                .get,
                "/sobjects/Contact/\(self.random.pick(self.targets.people))"
            )
        }
    }

    private mutating func write() -> HTTPRequest {
        let phone = "+1 555 \(self.random.below(1_000_000))"
        if self.random.happens(percent: 50) {
            let ids = Set((0..<10).map { _ in self.random.pick(self.targets.contacts) })
            let inputs = ids.sorted().map {
                "{\"id\":\"\($0)\",\"properties\":{\"phone\":\"\(phone)\"}}"
            }
            return self.hubspot(
                .post,
                "/crm/v3/objects/contacts/batch/update",
                "{\"inputs\":[\(inputs.joined(separator: ","))]}"
            )
        }
        let ids = Set((0..<10).map { _ in self.random.pick(self.targets.people) })
        let rows = ids.sorted().map {
            "{\"attributes\":{\"type\":\"Contact\"},\"id\":\"\($0)\",\"Phone\":\"\(phone)\"}"
        }
        return self.salesforce(
            .patch,
            "/composite/sobjects",
            "{\"allOrNone\":false,\"records\":[\(rows.joined(separator: ","))]}"
        )
    }

    private func hubspot(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = ""
    ) -> HTTPRequest {
        let served = self.targets.served
        return Self.request(method, served.hubspotURL + path, served.hubspotToken, body)
    }

    private func salesforce(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = ""
    ) -> HTTPRequest {
        let base = "\(self.targets.served.salesforceURL)/services/data/\(LoadTargets.version)"
        return Self.request(method, base + path, self.targets.accessToken, body)
    }

    private static func request(
        _ method: HTTPMethod,
        _ url: String,
        _ token: String,
        _ body: String
    ) -> HTTPRequest {
        var headers = [HTTPHeader("Authorization", "Bearer \(token)")]
        if !body.isEmpty { headers.append(HTTPHeader("Content-Type", "application/json")) }
        return HTTPRequest(method: method, url: url, headers: headers, body: Array(body.utf8))
    }
}
