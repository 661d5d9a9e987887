import HTTPTransport
import WireJSON

/// The portal's people as owners of records.
extension MockHubSpot {
    private static let pageMax = 500

    mutating func ownerRoute(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        if target.family.count > 1 {
            let byUser = target.parameter("idProperty") == "userId"
            let id = Int64(target.family[1])
            let owner = self.settings.owners.first {
                (byUser ? $0.userID : $0.id) == id && $0.isArchived == target.isArchived
            }
            guard let owner else { return self.error(404, "resource not found", now: now) }
            return Self.found(self.json(owner))
        }
        if let refusal = self.oddPage(target, max: Self.pageMax, now) { return refusal }
        let limit = target.limit(100, max: Self.pageMax)
        let after = Int64(target.parameter("after") ?? "") ?? 0
        let email = target.parameter("email")?.lowercased()
        let owners = self.settings.owners.filter { owner in
            owner.isArchived == target.isArchived && owner.id >= after
                && (email == nil || owner.email.lowercased() == email)
        }.sorted { $0.id < $1.id }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for owner in owners.prefix(limit) { list.raw(self.json(owner)) }
            }
            guard owners.count > limit else { return }
            let next = String(owners[limit].id)
            Self.paging(next, link: target.link(after: next), into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func json(_ owner: MockHubSpotOwner) -> [UInt8] {
        let made = ServerTime.iso(1_577_836_800_000)
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", String(owner.id))
            item.member("email", owner.email)
            item.member("type", "PERSON")
            item.member("firstName", owner.firstName)
            item.member("lastName", owner.lastName)
            item.member("userId", owner.userID)
            item.member("userIdIncludingInactive", owner.userID)
            item.member("createdAt", made)
            item.member("updatedAt", made)
            item.member("archived", owner.isArchived)
            let teams = self.teams(of: owner.userID)
            guard !teams.isEmpty else { return }
            item.name("teams")
            item.array { list in
                for (team, isPrimary) in teams {
                    list.object { item in
                        item.member("id", String(team.id))
                        item.member("name", team.name)
                        item.member("primary", isPrimary)
                    }
                }
            }
        }
        return writer.bytes
    }

    /// The main team first.
    func teams(of user: Int64) -> [(team: MockHubSpotTeam, isPrimary: Bool)] {
        let teams = self.settings.teams
        return teams.filter { $0.members.contains(user) }.map { ($0, true) }
            + teams.filter { $0.secondaryMembers.contains(user) }.map { ($0, false) }
    }
}
