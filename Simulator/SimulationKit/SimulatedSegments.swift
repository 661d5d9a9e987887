import HTTPTransport
import MockHubSpot
import SyncCore
import WireJSON

/// Marketing keeps segments in HubSpot whose members follow the edits of everybody, the engine's too.
package struct SimulatedSegments {
    package struct Plan: Sendable, Hashable, Codable {
        package var lists: Int
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var lists: [(id: String, rule: SegmentRule)] = []

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    /// Somebody looks at every segment and at who is there.
    mutating func look() {
        if self.lists.isEmpty { self.make() }
        let lists = self.lists
        let samples = self.pair.world.with { state, now -> [SegmentSample] in
            let at = state.time(.hubspot, at: now)
            return lists.compactMap { list in
                guard let members = Self.members(of: list.id, in: &state.hubspot, at: at) else {
                    return nil
                }
                let records = state.hubspot.export(object: "contacts").map { contact in
                    let values = Self.names.compactMap { name in contact[name].map { (name, $0) } }
                    return (contact.id, Dictionary(values) { first, _ in first })
                }
                return SegmentSample(
                    at: now,
                    list: list.id,
                    rule: list.rule,
                    members: members,
                    records: Dictionary(records) { first, _ in first }
                )
            }
        }
        self.pair.recorder.probes.hit(.segmentRead, times: samples.count)
        self.pair.segments.withLock { $0 += samples }
    }

    private mutating func make() {
        for (place, rule) in Self.rules.prefix(self.plan.lists).enumerated() {
            let body =
                #"{"name":"Segment \#(place)","objectTypeId":"0-1","#
                + #""processingType":"DYNAMIC","filterBranch":\#(rule.json)}"#
            let made = self.pair.world.with { state, now in
                let at = state.time(.hubspot, at: now)
                return Self.send(.post, "/", body, to: &state.hubspot, at: at)
            }
            guard let id = made?["list"]?["listId"]?.string else { continue }
            self.lists.append((id, rule))
        }
    }

    /// Everybody's id with the time of joining, page by page.
    private static func members(
        of list: String,
        in hubspot: inout MockHubSpot,
        at now: Int64
    ) -> [String: String]? {
        var members: [String: String] = [:]
        var after = "0"
        for _ in 0..<Self.pagesMax {
            let path = "/\(list)/memberships?limit=\(Self.pageRows)&after=\(after)"
            guard let page = Self.send(.get, path, "", to: &hubspot, at: now) else { return nil }
            for row in page["results"]?.elements ?? [] {
                members[row["recordId"]?.string ?? ""] = row["membershipTimestamp"]?.string ?? ""
            }
            guard let next = page["paging"]?["next"]?["after"]?.string else { return members }
            after = next
        }
        return nil
    }

    /// `nil` while HubSpot serves nobody under this version.
    private static func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String,
        to hubspot: inout MockHubSpot,
        at now: Int64
    ) -> JSON? {
        guard case .staticToken(let token) = Self.app.credential else { return nil }
        let request = HTTPRequest(
            method: method,
            url: MockTransport.hubspotURL + "/crm/v3/lists" + path,
            headers: [
                HTTPHeader("Authorization", "Bearer \(token)"), HTTPHeader("Host", "hubspot.mock"),
                HTTPHeader("Content-Type", "application/json"),
            ],
            body: Array(body.utf8)
        )
        guard case .respond(let reply) = hubspot.handle(request, at: now), reply.status == 200
        else { return nil }
        return try? JSON(parsing: reply.body)
    }

    /// Marketing's own app: its calls are not the integration's.
    static let app = MockHubSpotApp(
        id: 1_160_499,
        name: "Marketing",
        credential: .staticToken("pat-na1-marketing"),
        burstMax: 1_000_000
    )

    private static let pageRows = 10
    private static let pagesMax = 1_000
    private static let names = ["firstname", "lastname", "jobtitle", "phone", "sf_contact_key"]

    /// What tells them apart are values as people and the engine write them.
    private static let rules: [SegmentRule] = [
        .all([.known("sf_contact_key")]),
        .any([.begins("lastname", "S."), .begins("lastname", "h.")]),
        .all([.unknown("phone")]),
        .any([
            .all([.contains("firstname", "1"), .differs("lastname", ["Last 1", "last 2"])]),
            .all([.known("jobtitle"), .ends("jobtitle", "7")]),
        ]),
        .all([.any([.equals("lastname", ["last 3", "Last 4"]), .known("phone")])]),
        .any([.contains("jobtitle", "h."), .unknown("firstname")]),
    ]
}
