import HTTPTransport
import WireJSON

/// The people of the account, as the settings show them, and their teams and roles.
extension MockHubSpot {
    private static let pageMax = 100

    mutating func users(
        _ rest: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let people = self.settings.owners.filter { !$0.isArchived }.sorted { $0.userID < $1.userID }
        if rest == ["teams"] { return Self.results(self.settings.teams.map(Self.json(team:))) }
        if rest == ["roles"] { return Self.results(self.settings.roles.map(Self.json(role:))) }
        if rest.isEmpty, request.method == .post { return self.makeUser(request, now) }
        if let id = rest.first {
            let byEmail = target.parameter("idProperty") == "EMAIL"
            let person = people.first {
                byEmail ? $0.email.lowercased() == id.lowercased() : String($0.userID) == id
            }
            guard let person else { return self.error(404, "resource not found", now: now) }
            switch request.method {
            case .put: return self.changeUser(person, request, now)
            case .delete: return self.removeUser(person)
            case .get, .post, .patch: return Self.found(self.json(user: person))
            }
        }
        let limit = target.limit(Self.pageMax, max: Self.pageMax)
        let after = target.parameter("after").flatMap { Int64($0) } ?? 0
        let page = people.filter { $0.userID >= after }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for person in page.prefix(limit) { list.raw(self.json(user: person)) }
            }
            guard page.count > limit else { return }
            let next = String(page[limit].userID)
            Self.paging(next, link: target.link(after: next), into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    func json(user: MockHubSpotOwner) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", String(user.userID))
            item.member("email", user.email)
            item.member("firstName", user.firstName)
            item.member("lastName", user.lastName)
            let role = user.roleID.map { String($0) }
            Self.write("roleIds", role.map { [$0] } ?? [], into: &item)
            if let role { item.member("roleId", role) }
            let teams = self.teams(of: user.userID)
            if let first = teams.first, first.isPrimary {
                item.member("primaryTeamId", String(first.team.id))
            }
            let others = teams.filter { !$0.isPrimary }.map { String($0.team.id) }
            if !others.isEmpty { Self.write("secondaryTeamIds", others, into: &item) }
            item.member("superAdmin", user.userID == self.settings.owners.first?.userID)
        }
        return writer.bytes
    }

    private static func json(team: MockHubSpotTeam) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", String(team.id))
            item.member("name", team.name)
            Self.write("userIds", team.members.map { String($0) }, into: &item)
            Self.write("secondaryUserIds", team.secondaryMembers.map { String($0) }, into: &item)
        }
        return writer.bytes
    }

    private static func json(role: MockHubSpotRole) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", String(role.id))
            item.member("name", role.name)
            item.member("requiresBillingWrite", role.requiresBillingWrite)
        }
        return writer.bytes
    }

    /// The records of the object type of users: one for each of the portal's people.
    static func seedUsers(_ tables: inout [RecordTable], _ owners: [MockHubSpotOwner]) {
        guard let place = tables.firstIndex(where: { $0.object.typeID == "0-115" }) else { return }
        let made: Int64 = 1_577_836_800_000
        for owner in owners where !owner.isArchived {
            tables[place].put(
                [
                    "hs_email": owner.email, "hs_given_name": owner.firstName,
                    "hs_family_name": owner.lastName,
                    "hs_internal_user_id": String(owner.userID),
                    "hubspot_owner_id": String(owner.id), "hs_deactivated": "false",
                ],
                .person(owner.userID),
                made
            )
        }
    }
}
