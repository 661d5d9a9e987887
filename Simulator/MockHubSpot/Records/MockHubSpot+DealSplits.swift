import HTTPTransport
import WireJSON

/// Who shares the credit for deals (HubSpot: deal splits).
///
/// A share is a record of its own, tied to its deal; an upsert replaces all of a deal's shares.
/// The texts of refusals, and that all of a batch is refused with one of its deals, are from
/// memory.
extension MockHubSpot {
    /// One share as it is asked for.
    private struct Share {
        var owner: String
        var percentage: String
    }

    mutating func dealSplitRoute(
        _ verb: String,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        guard let inputs = Self.body(request)?["inputs"]?.elements else {
            return self.unreadableBody(now)
        }
        guard inputs.count <= 100 else { return self.tooManyInputs(now) }
        guard let deals = self.place(of: "0-3"), let splits = self.place(of: "0-72") else {
            return self.error(404, "resource not found", now: now)
        }
        var found: [Int64] = []
        var missing: [String] = []
        var shares: [[Share]] = []
        for input in inputs {
            let id = input["id"].flatMap { $0.string ?? $0.numberText } ?? ""
            guard let row = Int64(id).flatMap({ self.follow($0, deals) }), row.isVisible,
                !row.now.isArchived
            else {
                missing.append(id)
                continue
            }
            found.append(row.id)
            guard verb == "upsert" else { continue }
            let asked = (input["splits"]?.elements ?? []).map { item in
                Share(
                    owner: item["ownerId"].flatMap { $0.string ?? $0.numberText } ?? "",
                    percentage: item["percentage"].flatMap { $0.string ?? $0.numberText } ?? ""
                )
            }
            if let problem = self.problem(asked, of: row, splits) {
                let text = "Invalid splits for deal \(row.id): \(problem)"
                return self.error(400, text, category: "VALIDATION_ERROR", now: now)
            }
            shares.append(asked)
        }
        if verb == "upsert", !missing.isEmpty {
            let text = "Deals do not exist: \(missing.joined(separator: ", "))"
            return self.error(400, text, category: "VALIDATION_ERROR", now: now)
        }
        for (deal, asked) in zip(found, shares) { self.split(deal, asked, splits, author, now) }
        return self.shownSplits(found, missing, splits, now)
    }

    private func problem(
        _ shares: [Share],
        of deal: RecordTable.Row,
        _ splits: Int
    ) -> String? {
        let settings = self.settings.dealSplits
        guard !shares.isEmpty else { return "at least one split is required" }
        guard shares.count <= settings.ownersMax else {
            return "a deal has at most \(settings.ownersMax) splits"
        }
        guard Set(shares.map(\.owner)).count == shares.count else {
            return "an owner stands in two splits"
        }
        let owner = self.tables[splits].object.properties.first { $0.name == "hubspot_owner_id" }
        var sum = 0.0
        for share in shares {
            if case .failure = owner?.stored(share.owner) ?? .success(share.owner) {
                return "owner \(share.owner) does not exist"
            }
            guard let part = Double(share.percentage), part.isFinite, part > 0,
                part >= settings.percentageMin, Self.places(share.percentage) <= 8
            else { return "percentage \(share.percentage) is not valid" }
            sum += part
        }
        guard (sum - 1).magnitude < 0.000_000_001 else { return "percentages must add up to 1.0" }
        if let own = deal.now.values["hubspot_owner_id"],
            !shares.contains(where: { $0.owner == own })
        {
            return "the deal's owner must be one of the split owners"
        }
        return nil
    }

    /// How many digits stand after the point.
    private static func places(_ number: String) -> Int {
        number.split(separator: ".", maxSplits: 1).dropFirst().first?.utf8.count ?? 0
    }

    private mutating func split(
        _ deal: Int64,
        _ shares: [Share],
        _ splits: Int,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) {
        let one = End(type: "0-3", id: deal)
        for old in self.associations.list(one, to: "0-72").map(\.id) {
            self.tables[splits].archive(old, author, now)
        }
        for share in shares {
            // What could be refused was looked at before.
            guard
                let id = try? self.tables[splits].create(
                    [
                        ("hs_deal_split_percentage", share.percentage),
                        ("hubspot_owner_id", share.owner),
                    ],
                    author,
                    now
                ), let type = self.associations.unlabelled(from: "0-3", to: "0-72")
            else { continue }
            self.associations.add(type, one, End(type: "0-72", id: id))
        }
    }

    private mutating func shownSplits(
        _ deals: [Int64],
        _ missing: [String],
        _ splits: Int,
        _ now: Int64
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for deal in deals {
                    list.object { item in
                        item.member("id", String(deal))
                        item.name("splits")
                        item.array { parts in self.writeSplits(of: deal, splits, into: &parts) }
                    }
                }
            }
            Self.batchTimes(now, into: &root)
            guard !missing.isEmpty else { return }
            Self.writeMissing(missing, "Could not get some deals", into: &root)
        }
        return HTTPResponse(status: missing.isEmpty ? 200 : 207, body: writer.bytes)
    }

    private func writeSplits(of deal: Int64, _ splits: Int, into parts: inout JSONWriter) {
        for tie in self.associations.list(End(type: "0-3", id: deal), to: "0-72") {
            guard let row = self.tables[splits].row(tie.id), !row.now.isArchived else { continue }
            parts.object { part in
                part.member("id", String(row.id))
                part.name("properties")
                part.object { properties in
                    for name in ["hs_deal_split_percentage", "hubspot_owner_id"] {
                        properties.member(name, row.now.values[name] ?? "")
                    }
                }
                part.member("createdAt", ServerTime.iso(row.createdAt))
                part.member("updatedAt", ServerTime.iso(row.now.at))
                part.member("archived", false)
            }
        }
    }
}
