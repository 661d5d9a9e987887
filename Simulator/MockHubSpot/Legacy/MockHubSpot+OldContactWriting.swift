import HTTPTransport
import WireJSON

/// A contact as the first version writes it.
extension MockHubSpot {
    func writeOld(_ row: RecordTable.Row, _ form: OldContactForm, into item: inout JSONWriter) {
        let merged = (row.now.values["hs_merged_object_ids"] ?? "").split(separator: ";")
            .compactMap { Int64($0) }
        let (app, portal) = (self.settings.uiDomain, self.settings.portalID)
        item.member("vid", row.id)
        item.member("canonical-vid", row.id)
        item.name("merged-vids")
        item.array { list in for id in merged { list.integer(id) } }
        item.member("portal-id", portal)
        item.member("is-contact", true)
        item.member("profile-url", "https://\(app)/contacts/\(portal)/contact/\(row.id)")
        item.name("properties")
        item.object { self.writeOldProperties(row, form, into: &$0) }
        // Who sent which form is not told here.
        item.name("form-submissions")
        item.array { _ in }
        Self.writeIdentities(row, into: &item)
        item.name("merge-audits")
        item.array { list in
            for id in merged {
                list.object { audit in
                    audit.member("canonical-vid", row.id)
                    audit.member("vid-to-merge", id)
                    audit.member("timestamp", row.createdAt)
                }
            }
        }
    }

    /// Only what has a value; the stamp of the last change always.
    private func writeOldProperties(
        _ row: RecordTable.Row,
        _ form: OldContactForm,
        into properties: inout JSONWriter
    ) {
        let table = self.tables[Self.contacts]
        let stamps = [
            "createdate": row.createdAt, "lastmodifieddate": row.now.at,
        ]
        let all = Set(row.now.values.keys).union(stamps.keys).union(table.calculatedNames)
            .union(["hs_object_id"])
        let wanted =
            form.names.isEmpty
            ? all : Set(form.names + ["lastmodifieddate", "associatedcompanyid"])
        for name in wanted.sorted() where table.isDefined(name) {
            let value =
                name == "hs_object_id"
                ? String(row.id)
                : stamps[name].map { String($0) }
                    ?? self.value(name, Self.contacts, row, row.now).map {
                        self.oldValue(name, $0)
                    }
            guard let value else { continue }
            properties.name(name)
            properties.object { property in
                property.member("value", value)
                guard form.mode == .history else { return }
                property.name("versions")
                property.array { self.writeVersions(of: name, row, value, into: &$0) }
            }
        }
    }

    private func writeVersions(
        of name: String,
        _ row: RecordTable.Row,
        _ value: String,
        into versions: inout JSONWriter
    ) {
        var history = row.history(of: name, max: self.settings.historyVersionsMax)
        if history.isEmpty { history = [(value, row.now.at, .calculated)] }
        for change in history {
            versions.object { version in
                version.member("value", self.oldValue(name, change.value))
                version.member("source-type", change.author.sourceType)
                version.member("source-id", change.author.sourceID)
                version.name("source-label")
                version.null()
                version.member("timestamp", change.at)
                version.member("selected", false)
            }
        }
    }

    /// Times are milliseconds since 1970, as text.
    private func oldValue(_ name: String, _ value: String) -> String {
        let kind = self.tables[Self.contacts].properties[name]?.kind
        guard kind == .datetime || kind == .date else { return value }
        return ServerTime.parse(value).map { String($0) } ?? value
    }

    /// The addresses by which somebody is known, and an id that HubSpot's cookies have.
    private static func writeIdentities(_ row: RecordTable.Row, into item: inout JSONWriter) {
        let others = (row.now.values["hs_additional_emails"] ?? "").split(separator: ";")
            .map(String.init)
        let email = row.now.values["email"]
        var generator = SeededGenerator(seed: UInt64(bitPattern: row.id))
        let guid = generator.uuid(at: row.createdAt)
        item.name("identity-profiles")
        item.array { profiles in
            profiles.object { profile in
                profile.member("vid", row.id)
                profile.member("saved-at-timestamp", row.now.at)
                profile.member("deleted-changed-timestamp", 0)
                profile.name("identities")
                profile.array { list in
                    for address in [email].compactMap(\.self) + others {
                        list.object { identity in
                            identity.member("type", "EMAIL")
                            identity.member("value", address)
                            identity.member(
                                "timestamp",
                                row.changes["email"]?.at ?? row.createdAt
                            )
                            identity.member(
                                address == email ? "is-primary" : "is-secondary",
                                true
                            )
                        }
                    }
                    list.object { identity in
                        identity.member("type", "LEAD_GUID")
                        identity.member("value", guid)
                        identity.member("timestamp", row.createdAt)
                    }
                }
            }
        }
    }

    func writeOldLists(_ id: Int64, into item: inout JSONWriter) {
        let type = self.tables[Self.contacts].object.typeID
        item.name("list-memberships")
        item.array { all in
            for list in self.lists where list.type == type && !list.isDeleted {
                guard let joined = list.members[id], let number = Int64(list.id) else { continue }
                all.object { membership in
                    membership.member("static-list-id", number)
                    membership.member("internal-list-id", number)
                    membership.member("timestamp", joined)
                    membership.member("vid", id)
                    membership.member("is-member", true)
                }
            }
        }
    }
}
