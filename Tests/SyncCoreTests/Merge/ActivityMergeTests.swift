import SyncCore
import Testing

/// Whom an activity is with and what it is about, and what Salesforce lets stand together.
struct ActivityMergeTests {
    private static let who = ReferenceTargets(
        [.init(mapping: "people", hubspot: "contacts", salesforce: ["Contact", "Lead"])],
        isTied: true
    )
    private static let what = ReferenceTargets(
        [
            .init(mapping: "tickets", hubspot: "tickets", salesforce: ["Case"]),
            .init(mapping: "firms", hubspot: "companies", salesforce: ["Account"]),
        ],
        isTied: true
    )
    private static let person = "003000000000001AAA"
    private static let lead = "00Q000000000001AAA"
    private static let account = "001000000000001AAA"
    private static let ticket = "500000000000001AAA"
    private static let campaign = "701000000000001AAA"

    private static let references: References = {
        var references = References()
        for (mapping, hubspot, salesforce) in [
            ("people", "7", Self.person), ("people", "8", Self.lead), ("firms", "7", Self.account),
            ("tickets", "7", Self.ticket),
        ] {
            references.add(
                .init(mapping: mapping, side: .hubspot, id: hubspot),
                counterpart: salesforce
            )
            references.add(
                .init(mapping: mapping, side: .salesforce, id: salesforce),
                counterpart: hubspot
            )
        }
        return references
    }()

    private static func mapping(_ object: String = "tasks") -> ObjectMapping {
        let names = [
            ("contact", "WhoId"), ("about", "WhatId"), ("hs_meeting_start_time", "StartDateTime"),
            ("hs_meeting_end_time", "EndDateTime"),
        ]
        let shapes = [FieldType.reference, .reference, .datetime, .datetime].map {
            FieldShape(type: $0)
        }
        let there = object == "tasks" ? "Task" : "Event"
        var mapping = ObjectMapping(
            name: object,
            hubspot: .init(
                name: object,
                fields: zip(names, shapes).map { .init(name: $0.0, shape: $1) },
                keyField: nil
            ),
            hubspotKeyFields: [:],
            salesforce: [
                .init(
                    name: there,
                    fields: zip(names, shapes).map { .init(name: $0.1, shape: $1) },
                    keyField: nil
                )
            ],
            createAs: there,
            fields: names.enumerated().map {
                FieldMapping(index: $0, hubspot: $1.0, salesforce: $1.1, rule: .twoWay)
            },
            matchFields: []
        )
        mapping.fields[0].kind = .reference(Self.who)
        mapping.fields[1].kind = .reference(Self.what)
        return mapping
    }

    private typealias Values = [String]

    private static func decide(
        _ hubspot: Values,
        _ salesforce: Values,
        bases: (Values, Values),
        of object: String = "tasks"
    ) -> MergeDecision {
        func blob(_ values: Values) -> RecordBlob {
            let all = values + Array(repeating: "", count: 4 - values.count)
            return RecordBlob(values: all.map { FieldValue(normal: $0) })
        }
        let mapping = Self.mapping(object)
        var input = Samples.input(
            mapping,
            hubspot: blob(hubspot),
            salesforce: blob(salesforce),
            bases: (blob(bases.0), blob(bases.1))
        )
        input.salesforceObject = mapping.createAs
        input.references = Self.references
        return RecordMerge.decide(input)
    }

    private static func texts(_ fields: [OutboxEntry.Field]) -> [Int: String] {
        Dictionary(fields.map { ($0.index, String(decoding: $0.value, as: UTF8.self)) }) { _, new in
            new
        }
    }

    @Test func `ids of one number and two objects are told apart, both ways`() {
        let there = Self.decide(
            ["contacts/7", "tickets/7"],
            ["", ""],
            bases: (["", ""], ["", ""])
        )
        #expect(Self.texts(there.toSalesforce) == [0: Self.person, 1: Self.ticket])
        let firm = Self.decide(["", "companies/7"], ["", ""], bases: (["", ""], ["", ""]))
        #expect(Self.texts(firm.toSalesforce) == [1: Self.account])
        let back = Self.decide(
            ["", ""],
            [Self.lead, Self.account],
            bases: (["", ""], ["", ""])
        )
        #expect(Self.texts(back.toHubSpot) == [0: "contacts/8", 1: "companies/7"])
    }

    @Test func `a record without a counterpart is waited for, in its own mapping`() {
        let decision = Self.decide(["", "companies/9"], ["", ""], bases: (["", ""], ["", ""]))
        #expect(decision.toSalesforce.isEmpty)
        #expect(
            decision.waiting.map(\.record) == [.init(mapping: "firms", side: .hubspot, id: "9")]
        )
    }

    @Test func `what is not synced says nothing to the other side, and is no problem`() {
        let decision = Self.decide(
            ["", "companies/7"],
            ["", Self.campaign],
            bases: (["", "companies/7"], ["", Self.account])
        )
        #expect(decision.toHubSpot.isEmpty && decision.toSalesforce.isEmpty)
        #expect(decision.problems.isEmpty && decision.waiting.isEmpty)
        #expect(decision.salesforceBase.values[1].text == Self.campaign)
        // HubSpot's later word goes over.
        let later = Self.decide(
            ["", "tickets/7"],
            ["", Self.campaign],
            bases: (["", "companies/7"], ["", Self.campaign])
        )
        #expect(Self.texts(later.toSalesforce) == [1: Self.ticket])
    }

    @Test func `what is with a lead is about nothing`() {
        let new = Self.decide(
            ["contacts/8", "companies/7"],
            ["", ""],
            bases: (["", ""], ["", ""])
        )
        #expect(Self.texts(new.toSalesforce) == [0: Self.lead])
        #expect(new.hubspotBase.values[1].text == "companies/7")
        let moved = Self.decide(
            ["contacts/8", "companies/7"],
            [Self.person, Self.account],
            bases: (["contacts/7", "companies/7"], [Self.person, Self.account])
        )
        #expect(Self.texts(moved.toSalesforce) == [0: Self.lead, 1: ""])
        let stays = Self.decide(
            ["contacts/8", "companies/7"],
            [Self.lead, ""],
            bases: (["contacts/8", ""], [Self.lead, ""])
        )
        #expect(stays.toSalesforce.isEmpty)
        let made = RecordMerge.create(
            from: .hubspot,
            values: RecordBlob(
                values: ["contacts/8", "companies/7", "", ""].map { FieldValue(normal: $0) }
            ),
            mapping: Self.mapping(),
            salesforceObject: "Task",
            references: Self.references
        )
        #expect(Self.texts(made.fields) == [0: Self.lead])
    }

    @Test func `a meeting's start goes with its end, and a look before it`() {
        let decision = Self.decide(
            ["", "", "2000", "9000"],
            ["", "", "1000", "9000"],
            bases: (["", "", "1000", "9000"], ["", "", "1000", "9000"]),
            of: "meetings"
        )
        #expect(Self.texts(decision.toSalesforce) == [2: "2000", 3: "9000"])
        #expect(decision.guardSalesforce)
        // Of a task nobody says so.
        let task = Self.decide(
            ["", "", "2000", "9000"],
            ["", "", "1000", "9000"],
            bases: (["", "", "1000", "9000"], ["", "", "1000", "9000"])
        )
        #expect(Self.texts(task.toSalesforce) == [2: "2000"])
    }

    @Test(
        arguments: [
            ("Task", false, nil, ["tasks"]), ("", false, nil, ["tasks"]),
            ("Cadence", false, nil, ["tasks"]), ("Call", true, nil, ["calls"]),
            ("Email", false, nil, ["emails"]), ("ListEmail", false, nil, []),
            ("Task", false, "12", ["notes"]),
        ] as [(String, Bool, String?, [String])]
    )
    func `a Task is of one kind`(
        subtype: String,
        hasKey: Bool,
        note: String?,
        kinds: [String]
    ) {
        let found = ObjectKind.all.filter { kind in
            guard var share = kind.salesforce.first?.share, share.field != nil else { return false }
            if kind.hubspot == "tasks" { share.foreignKeys = [kind.noteKey] }
            let isNote = kind.hubspot == "notes"
            return share.keeps(hasKey: isNote ? note != nil : hasKey) { name in
                name == "TaskSubtype" ? subtype : name == kind.noteKey ? note : nil
            }
        }
        #expect(found.map(\.hubspot) == kinds)
    }
}

/// A guest's copy of an event, and what stands for all the times that something repeats.
struct RowShareTests {
    @Test(arguments: [
        ("IsChild", "meetings"), ("IsRecurrence", "meetings"), ("IsRecurrence", "tasks"),
    ])
    func `is no activity of its own`(flag: String, object: String) throws {
        let share = try #require(ObjectKind.named(object)?.salesforce.first?.share)
        #expect(share.keeps(hasKey: false) { $0 == flag ? "false" : nil } == (object != "notes"))
        #expect(!share.keeps(hasKey: true) { $0 == flag ? "true" : nil })
    }
}

extension ObjectKind {
    fileprivate var noteKey: String { "HubSpot_Note_ID__c" }
}
