package import SyncCore

extension ConfigurationTemplate {
    /// A custom object of HubSpot's with the Salesforce object that it goes with.
    package struct CustomPair: Sendable, Hashable {
        package var hubspot: String
        package var salesforce: String

        /// Reads `cars=Car__c`.
        ///
        /// - Throws: `SyncError` for anything else, and for objects that have mappings of their own.
        package init(_ text: String) throws(SyncError) {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(
                String.init
            )
            guard parts.count == 2, parts.allSatisfy(Self.isName) else {
                throw SyncError(
                    code: .usage,
                    cause: "`--custom \(text)` does not name two objects.",
                    nextStep: "Write HubSpot's and Salesforce's name, as in --custom cars=Car__c."
                )
            }
            (self.hubspot, self.salesforce) = (parts[0], parts[1])
            guard ObjectKind.named(self.hubspot) == nil,
                ObjectKind.counterpart(self.salesforce) == nil
            else {
                throw SyncError(
                    code: .usage,
                    cause: "`--custom \(text)` names an object that is no custom one.",
                    nextStep: "Its mapping is in the file already, written out."
                )
            }
        }

        private static func isName(_ text: String) -> Bool {
            !text.isEmpty
                && text.utf8.allSatisfy { byte in
                    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                }
        }
    }

    /// The file with a mapping for each of these pairs.
    package static func text(
        with custom: [CustomPair],
        connected: Set<Side> = [],
        _ choices: SetupChoices = SetupChoices()
    ) -> String {
        ([Self.text(connected: connected, choices)]
            + custom.map { pair in
                Self.mapping(pair, choices).map { "  \($0)\n" }.joined()
            }).joined(separator: "\n")
    }

    /// Cars, written out and commented out.
    static let custom: String = {
        let intro = [
            "# Custom objects: any of HubSpot's with any of Salesforce's, by the names that they have. `association`",
            "# is what a lookup is in HubSpot, `label` which of several; what is at the other end is mapped too.",
        ]
        let lines = [
            "- name: cars", "  hubspot: cars", "  salesforce: Car__c",
            "  # Which property tells that two records are one; left out, only the keys do.",
            "  match: vin",
            "  # keys: HubSpot_Record_ID__c on Car__c and sf_car_key on cars, both unique",
            "  fields:",
            "    - {hubspot: name, salesforce: Name, rule: twoWay}",
            "    - {hubspot: vin, salesforce: VIN__c, rule: twoWay}",
            "    - {hubspot: hubspot_owner_id, salesforce: OwnerId, rule: twoWay}",
            "    - {association: contacts, salesforce: Driver__c, rule: twoWay}",
        ]
        return (intro + lines.map { "# \($0)" }).map { "  \($0)\n" }.joined()
    }()

    /// What nobody knows before the accounts are asked stands there commented out.
    private static func mapping(_ pair: CustomPair, _ choices: SetupChoices) -> [String] {
        let kind = ObjectKind.custom(hubspot: pair.hubspot, salesforce: pair.salesforce)
        let key = kind.salesforce.first?.hubspotKey ?? ""
        return [
            "- name: \(pair.hubspot)",
            "  hubspot: \(pair.hubspot)",
            "  salesforce: \(pair.salesforce)",
            "  # Which property tells that two records are one; left out, only the keys do.",
            "  # match: name",
        ] + (choices.portal == nil ? [] : ["  creates: salesforce"]) + [
            "  # Create these first:",
            "  keys:",
            "    salesforce: \(choices.key(kind.salesforceKey))      # Text 18, external id, unique",
            "    hubspot: {\(pair.salesforce): \(key)}   # unique single-line text",
            "  # Every field that both have; `duet plan` tells by name what does not fit or is missing.",
            "  fields:",
            "    - {hubspot: name, salesforce: Name, rule: twoWay}",
            "    # - {hubspot: hubspot_owner_id, salesforce: OwnerId, rule: twoWay}",
            "    # A lookup, and what it is in HubSpot:",
            "    # - {association: companies, salesforce: Account__c, rule: twoWay}",
        ]
    }
}
