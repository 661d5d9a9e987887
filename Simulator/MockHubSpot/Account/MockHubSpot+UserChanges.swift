import HTTPTransport
import WireJSON

/// Provisioning: people come, change and go; the texts of refusals are from memory.
extension MockHubSpot {
    mutating func makeUser(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request), let email = json["email"]?.string,
            email.contains("@")
        else {
            return self.invalidUser("Some required fields were not set: [email]", now)
        }
        let isTaken = self.settings.owners.contains {
            !$0.isArchived && $0.email.lowercased() == email.lowercased()
        }
        guard !isTaken else {
            return self.error(409, "User already exists", category: "CONFLICT", now: now)
        }
        if let problem = self.problem(ofUser: json) { return self.invalidUser(problem, now) }
        // Whoever uses the portal may own its records.
        let owner = MockHubSpotOwner(
            id: (self.settings.owners.map(\.id).max() ?? 70) + 1,
            userID: (self.settings.owners.map(\.userID).max() ?? 4) + 1,
            email: email,
            firstName: "",
            lastName: ""
        )
        self.settings.owners.append(owner)
        Self.seedUsers(&self.tables, [owner])
        return self.set(owner.userID, json, status: 201)
    }

    mutating func changeUser(
        _ person: MockHubSpotOwner,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let json = Self.body(request)
        if let json, let problem = self.problem(ofUser: json) {
            return self.invalidUser(problem, now)
        }
        return self.set(person.userID, json, status: 200)
    }

    /// Their records keep them as an owner, who is archived.
    mutating func removeUser(_ person: MockHubSpotOwner) -> HTTPResponse {
        for place in self.settings.owners.indices
        where self.settings.owners[place].userID == person.userID {
            self.settings.owners[place].isArchived = true
        }
        for place in self.settings.teams.indices {
            self.settings.teams[place].members.removeAll { $0 == person.userID }
            self.settings.teams[place].secondaryMembers.removeAll { $0 == person.userID }
        }
        return HTTPResponse(status: 204)
    }

    private mutating func invalidUser(_ text: String, _ now: Int64) -> HTTPResponse {
        self.error(400, text, category: "VALIDATION_ERROR", now: now)
    }

    private func problem(ofUser json: JSON) -> String? {
        if let role = json["roleId"], !role.isNull,
            !self.settings.roles.contains(where: { $0.id == role.integer })
        {
            return "Role \(role.string ?? "") does not exist"
        }
        let teams =
            [json["primaryTeamId"]].compactMap(\.self)
            + (json["secondaryTeamIds"]?.elements ?? [])
        for team in teams where !team.isNull {
            guard self.settings.teams.contains(where: { $0.id == team.integer }) else {
                return "Team \(team.string ?? "") does not exist"
            }
        }
        return nil
    }

    /// What a request names is set, all else stays.
    private mutating func set(_ user: Int64, _ json: JSON?, status: Int) -> HTTPResponse {
        guard let place = self.settings.owners.firstIndex(where: { $0.userID == user }) else {
            return HTTPResponse(status: 204)
        }
        if let name = json?["firstName"]?.string { self.settings.owners[place].firstName = name }
        if let name = json?["lastName"]?.string { self.settings.owners[place].lastName = name }
        if let role = json?["roleId"]?.integer { self.settings.owners[place].roleID = role }
        if let team = json?["primaryTeamId"]?.integer {
            for place in self.settings.teams.indices {
                self.settings.teams[place].members.removeAll { $0 == user }
                if self.settings.teams[place].id == team {
                    self.settings.teams[place].members.append(user)
                }
            }
        }
        if let others = json?["secondaryTeamIds"], others.kind == .array {
            let ids = Set(others.elements.compactMap(\.integer))
            for place in self.settings.teams.indices {
                self.settings.teams[place].secondaryMembers.removeAll { $0 == user }
                if ids.contains(self.settings.teams[place].id) {
                    self.settings.teams[place].secondaryMembers.append(user)
                }
            }
        }
        return Self.found(self.json(user: self.settings.owners[place]), status: status)
    }
}
