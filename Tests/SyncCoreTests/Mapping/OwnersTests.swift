import SyncCore
import Testing

/// Who is who: by e-mail address, by name where that is not enough, by what the mapping lists.
struct OwnersTests {
    private static func person(
        _ id: String,
        _ name: String,
        _ email: String?,
        isActive: Bool = true,
        isQueue: Bool = false
    ) -> Owners.Person {
        .init(id: id, name: name, email: email, isActive: isActive, isQueue: isQueue)
    }

    private static let owners = Owners(
        hubspot: [
            person("1", "Ada Admin", "ada@x.test"),
            person("2", "Bea Bright", "office@x.test"),
            person("3", "Lee Left", "lee@x.test", isActive: false),
            person("4", "Desk", "desk@x.test"), person("5", "Alone", "alone@x.test"),
        ],
        salesforce: [
            person("005A", "Ada A.", "ada@x.test"),
            person("005B", "Bea Bright", "office@x.test"),
            person("005C", "Cem Can", "office@x.test"),
            person("005L", "Lee Left", "lee@x.test"),
            person("00GQ", "Support", "ada@x.test", isQueue: true),
        ],
        values: [.init(hubspot: "desk@x.test", salesforce: "support")]
    )

    @Test(
        arguments: [
            ("1", "005A"), ("2", "005B"), ("3", "005L"), ("4", "00GQ"), ("5", nil), ("9", nil),
        ] as [(String, String?)]
    )
    func `HubSpot's owners in Salesforce`(id: String, other: String?) {
        #expect(Self.owners.counterpart(of: id, on: .hubspot) == other)
    }

    @Test(
        arguments: [
            ("005A", "1"), ("005B", "2"), ("005C", "2"), ("005L", nil), ("00GQ", "4"),
        ] as [(String, String?)]
    )
    func `Salesforce's users and queues in HubSpot`(id: String, other: String?) {
        #expect(Self.owners.counterpart(of: id, on: .salesforce) == other)
    }

    @Test func `two users of one address and no namesake are nobody's counterpart`() {
        let owners = Owners(
            hubspot: [Self.person("2", "Office", "office@x.test")],
            salesforce: [
                Self.person("005B", "Bea", "office@x.test"),
                Self.person("005C", "Cem", "office@x.test"),
            ]
        )
        #expect(owners.counterpart(of: "2", on: .hubspot) == nil)
        #expect(owners.areSame(hubspot: "2", salesforce: "005C"))
    }

    @Test func `who has left is still the same person`() {
        #expect(Self.owners.areSame(hubspot: "3", salesforce: "005L"))
        #expect(Self.owners.areSame(hubspot: "4", salesforce: "00GQ"))
        #expect(!Self.owners.areSame(hubspot: "1", salesforce: "00GQ"))
        #expect(!Self.owners.areSame(hubspot: "5", salesforce: "005A"))
    }

    @Test(
        arguments: [("1", "005A"), ("2", "005B"), ("4", nil), ("5", nil)] as [(String, String?)]
    )
    func `M04: a queue is nobody in a field that is not the owner's`(id: String, other: String?) {
        #expect(Self.owners.user(of: id, on: .hubspot) == other)
        let field = FieldMapping(
            index: 0,
            hubspot: "csm",
            salesforce: "CSM__c",
            rule: .twoWay,
            kind: .user
        )
        var references = References()
        references.owners = Self.owners
        let shape = FieldShape(type: .reference)
        let result = FieldConversion.convert(
            FieldValue(normal: id),
            to: .salesforce,
            field: field,
            from: shape,
            into: shape,
            references: references
        )
        // Whom nothing lists may still come; a queue never does.
        let missing: FieldConversion.Problem = id == "4" ? .notAChoice : .notLinked
        #expect(result == other.map { .value(FieldValue(normal: $0)) } ?? .problem(missing))
    }

    @Test func `M04: who shares an address with a queue's desk is found all the same`() {
        var owners = Owners(
            hubspot: [Self.person("1", "Ada", "ada@x.test")],
            salesforce: [
                Self.person("00GQ", "Support", nil, isQueue: true),
                Self.person("005A", "Ada A.", "ada@x.test"),
            ],
            values: [.init(hubspot: "Ada", salesforce: "Support")]
        )
        #expect(owners.counterpart(of: "1", on: .hubspot) == "00GQ")
        #expect(owners.user(of: "1", on: .hubspot) == "005A")
        #expect(owners.user(of: "005A", on: .salesforce) == "1")
        owners.refuse("005A", on: .salesforce)
        #expect(owners.user(of: "1", on: .hubspot) == nil)
    }

    @Test func `somebody who has left gets no record, listed or not`() {
        let owners = Owners(
            hubspot: [Self.person("1", "Ada", "ada@x.test", isActive: false)],
            salesforce: [Self.person("00GQ", "Support", nil, isQueue: true)],
            values: [.init(hubspot: "Ada", salesforce: "Support")]
        )
        #expect(owners.counterpart(of: "1", on: .hubspot) == "00GQ")
        #expect(owners.counterpart(of: "00GQ", on: .salesforce) == nil)
        #expect(!Owners.none.isRead && owners.isRead)
    }
}
