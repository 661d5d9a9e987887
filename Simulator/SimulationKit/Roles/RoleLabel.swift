import HTTPTransport
import MockHubSpot
import SyncCore

/// A label of HubSpot's ties of deals with contacts, and the role that says the same in Salesforce.
struct RoleLabel: Sendable, Hashable {
    var name: String
    var role: String
    var kind: TieKind

    /// Salesforce's object in between.
    static let junction = "OpportunityContactRole"
    /// A role of Salesforce's that the mapping does not list.
    static let unlisted = "Evaluator"

    /// The numbers are those that the portal gives first; each kind is seen from both ends.
    static let all = [
        Self("Decider", "Decision Maker", 1_001), Self("Influencer", "Influencer", 1_003),
    ]

    private init(_ name: String, _ role: String, _ number: Int) {
        (self.name, self.role) = (name, role)
        self.kind = TieKind(id: number, isOwn: false, label: name)
    }

    static func name(of role: String?) -> String? { self.all.first { $0.role == role }?.name }

    /// The labels, as an administrator makes them.
    ///
    /// - Returns: whether they are those that the mapping names.
    static func make(in hubspot: inout MockHubSpot, at now: Int64) -> Bool {
        self.all.allSatisfy { label in
            let reply = OtherApp.send(
                .post,
                Self.path + "/labels",
                #"{"label":"\#(label.name)","name":"\#(label.name.lowercased())"}"#,
                to: &hubspot,
                at: now
            )
            let text = reply.map { String(decoding: $0.body, as: UTF8.self) }
            return text?.contains("\(label.kind.id)") == true
        }
    }

    /// A person takes the label from a tie, which stays.
    func remove(from tie: RoleTie, in hubspot: inout MockHubSpot, at now: Int64) -> Bool {
        let body =
            #"{"inputs":[{"from":{"id":"\#(tie.deal)"},"to":{"id":"\#(tie.contact)"},"types":"#
            + #"[{"associationCategory":"USER_DEFINED","associationTypeId":\#(self.kind.id)}]}]}"#
        return OtherApp.send(
            .post,
            Self.path + "/batch/labels/archive",
            body,
            to: &hubspot,
            at: now
        ) != nil
    }

    private static let path = "/crm/v4/associations/deals/contacts"

    /// Gives deals their relation with contacts.
    static func relate(_ mappings: inout [ObjectMapping]) {
        guard let deals = mappings.firstIndex(where: { $0.name == "deals" }),
            let contacts = mappings.first(where: { $0.name == "contacts" })
        else { return }
        let fields: [(name: String, type: FieldType)] = [
            ("OpportunityId", .reference), ("ContactId", .reference), ("Role", .singleChoice),
        ]
        let name = "deals with contacts"
        var junction = ObjectMapping(
            name: name,
            hubspot: .init(name: "deals", fields: fields.map { _ in nil }, keyField: nil),
            hubspotKeyFields: [:],
            salesforce: [
                .init(
                    name: self.junction,
                    fields: fields.map { .init(name: $0.name, shape: FieldShape(type: $0.type)) },
                    keyField: nil
                )
            ],
            createAs: self.junction,
            fields: fields.enumerated().map { index, field in
                FieldMapping(index: index, hubspot: "", salesforce: field.name, rule: .dontSync)
            },
            matchFields: []
        )
        junction.kind = nil
        mappings[deals].relations = [
            RelationMapping(
                name: name,
                parent: mappings[deals],
                child: contacts,
                plain: TieKind(id: 3, isOwn: true, label: nil),
                labels: self.all.map { .init(kind: $0.kind, role: $0.role) },
                junction: junction,
                parentLookup: .init(object: "Opportunity", index: 0),
                childLookups: [.init(object: "Contact", index: 1)],
                roleIndex: 2
            )
        ]
    }
}
