package import CRMInterface
package import SyncCore
import HTTPTransport
import WireJSON

/// What the integration user may do.
extension SalesforceConnection {
    /// The user's rights on the org, on these objects and on these of their fields.
    ///
    /// One call for the org, one for 25 objects, and one for what only setup shows: what a describe leaves out may not
    /// be read, and it says of everything else whether it may be written (REST API: resources_sobject_describe).
    package func rights(on fields: [String: Set<String>]) async throws(SyncError) -> AccessRights {
        let reply = try await self.composite(
            [SalesforceRequests.userRightsQuery, SalesforceRequests.trialQuery].map(
                self.requests.paths.query
            ),
            endpoint: "composite",
            purpose: "schema",
            object: nil,
            priority: .manual
        )
        var rights = try SalesforceResponses.rights(ofUser: reply.bodies[0], org: reply.bodies[1])
        rights.usage = DailyUsage(
            headers: reply.metered.response.headers.map { ($0.name, $0.value) }
        )
        rights.clockLead = HTTPDate.serverTime(of: reply.metered.response).map {
            $0.milliseconds - self.time.wallMilliseconds
        }
        for body in try await self.describes(fields.keys.sorted()) {
            guard let name = body["name"]?.string else { continue }
            rights.objects[name] = SalesforceResponses.rights(body)
        }
        try await self.addShared(to: &rights)
        try await self.addHidden(fields, to: &rights)
        return rights
    }

    /// Whether all records of an object are seen: the sum of the user's permission sets, which setup shows alone
    /// (Object Reference: ObjectPermissions, special access rules).
    private func addShared(to rights: inout AccessRights) async throws(SyncError) {
        let names = rights.objects.keys.sorted()
        guard rights.user["ViewAllData"] != true, rights.user["ModifyAllData"] != true else {
            for name in names { rights.objects[name]?.seesAll = true }
            return
        }
        guard rights.user["ViewSetup"] == true, let user = self.session?.userID, !names.isEmpty
        else { return }
        let reply = try await self.composite(
            [
                self.requests.paths.query(
                    SalesforceRequests.sharedObjects(names, user: user)
                )
            ],
            endpoint: "composite",
            purpose: "schema",
            object: nil,
            priority: .manual
        )
        let shared = Set(
            reply.bodies[0]["records"]?.elements.compactMap { $0["SobjectType"]?.string } ?? []
        )
        for name in names { rights.objects[name]?.seesAll = shared.contains(name) }
    }

    /// Which of the fields that no describe shows are there all the same; five objects a call.
    private func addHidden(
        _ fields: [String: Set<String>],
        to rights: inout AccessRights
    ) async throws(SyncError) {
        let open = rights.objects.compactMap { name, object in
            (fields[name] ?? []).isSubset(of: object.fields) ? nil : name
        }.sorted()
        for start in stride(from: 0, to: open.count, by: 5) {
            let part = Array(open[start..<min(start + 5, open.count)])
            let reply = try await self.composite(
                part.map { self.requests.paths.query(SalesforceRequests.definitions(of: $0)) },
                endpoint: "composite",
                purpose: "schema",
                object: nil,
                priority: .manual
            )
            for (name, body) in zip(part, reply.bodies) {
                let defined = Set(
                    body["records"]?.elements.compactMap { $0["QualifiedApiName"]?.string } ?? []
                )
                let seen = rights.objects[name]?.fields ?? []
                rights.objects[name]?.hidden = defined.subtracting(seen)
            }
        }
    }
}
