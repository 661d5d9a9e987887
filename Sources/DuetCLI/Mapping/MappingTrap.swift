import SyncCore

/// What a configuration may do that nobody wants, though every line of it is valid.
package struct MappingTrap: Sendable, Hashable {
    /// Stays as it is from version to version.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// New people become leads while HubSpot may make a company of each one's e-mail domain.
        case leadsBesideAccounts = "leads-beside-accounts"
        /// A create whose reply is lost cannot be found again by its key.
        case withoutKeys = "without-keys"
        /// Another portal is synced with the org, and its people come to this one too.
        case otherPortalsPeople = "other-portals-people"
    }

    package var code: Code
    package var place: Configuration.Place
    package var message: String

    /// In the order of the file.
    package static func found(in configuration: Configuration) -> [MappingTrap] {
        configuration.mappings.flatMap { mapping -> [MappingTrap] in
            var traps: [MappingTrap] = []
            func add(_ code: Code, _ message: String) {
                traps.append(MappingTrap(code: code, place: mapping.place, message: message))
            }
            for text in CompanyNotices.texts(configuration, of: mapping) {
                add(.leadsBesideAccounts, text)
            }
            if mapping.creates != .none,
                mapping.salesforceKey == nil || mapping.hubspotKeys.isEmpty
            {
                add(
                    .withoutKeys,
                    "\(mapping.name) keep no ids of each other in both CRMs: where the reply to a create is lost, only "
                        + "what they are matched by tells whether the record is there. Leave out `keys: none` if you can."
                )
            }
            let isAnotherPortals =
                mapping.salesforceKey.map { $0 != mapping.kind.salesforceKey } ?? false
            let makesPeople = mapping.creates == .both || mapping.creates == .hubspot
            if isAnotherPortals, makesPeople, mapping.hubspot == "contacts" {
                add(
                    .otherPortalsPeople,
                    "The key field \(mapping.salesforceKey ?? "") is not the usual one. Where another portal is synced with the "
                        + "same org, its people come to this one too: write `creates: salesforce` if they should not."
                )
            }
            return traps
        }
    }

    /// As editors and people read it.
    package func text(in path: String) -> String {
        "\(path):\(self.place.line):\(self.place.column): \(self.code.rawValue): \(self.message)"
    }
}
