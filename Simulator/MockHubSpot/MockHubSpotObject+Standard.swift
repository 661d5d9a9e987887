extension MockHubSpotObject {
    /// The object types of every portal, contacts first.
    package static let standard: [MockHubSpotObject] =
        [contacts, companies, deals, tickets] + activities + [lineItems, products, leads, users]
        // Later ones come last: the others' ids stay what they were.
        + [letters, quotes, goals, feedback, dealSplits]

    package static let companies = MockHubSpotObject(
        "companies",
        "company",
        typeID: "0-2",
        defaults: ["name", "domain"],
        requires: ["name", "domain"],
        properties: MockHubSpotProperty.companies + MockHubSpotProperty.companyKeys
    )

    package static let deals = MockHubSpotObject(
        "deals",
        "deal",
        typeID: "0-3",
        defaults: ["dealname", "amount", "closedate", "pipeline", "dealstage"],
        requires: [],
        needs: ["dealname", "dealstage"],
        pipeline: ("pipeline", "dealstage"),
        closed: "closedate",
        properties: MockHubSpotProperty.deals + MockHubSpotProperty.dealKeys
    )

    package static let tickets = MockHubSpotObject(
        "tickets",
        "ticket",
        typeID: "0-5",
        defaults: [
            "content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_category",
            "hs_ticket_priority", "subject",
        ],
        requires: [],
        needs: ["hs_pipeline_stage", "subject"],
        pipeline: ("hs_pipeline", "hs_pipeline_stage"),
        closed: "closed_date",
        properties: MockHubSpotProperty.tickets + MockHubSpotProperty.ticketKeys
    )

    package static let leads = MockHubSpotObject(
        "leads",
        "lead",
        typeID: "0-136",
        defaults: ["hs_lead_name"],
        requires: ["hs_lead_name"],
        pipeline: ("hs_pipeline", "hs_pipeline_stage"),
        properties: MockHubSpotProperty.common("createdate", "Lead owner", group: "leadinfo") + [
            .text("hs_lead_name", "Lead name", group: "leadinfo"),
            .text("hs_lead_type", "Lead type", group: "leadinfo"),
            .text("hs_lead_label", "Lead label", group: "leadinfo"),
            .text("hs_pipeline", "Pipeline", group: "leadinfo"),
            .text("hs_pipeline_stage", "Pipeline stage", group: "leadinfo"),
        ]
    )

    package static let products = MockHubSpotObject(
        "products",
        "product",
        typeID: "0-7",
        defaults: ["name", "description", "price"],
        requires: ["name"],
        properties: MockHubSpotProperty.goods
    )

    /// The portal's people; the values are the account's own.
    package static let users = MockHubSpotObject(
        "users",
        "user",
        typeID: "0-115",
        defaults: [],
        requires: [],
        properties: MockHubSpotProperty.common("hs_createdate", "User", group: "userinformation")
            + [
                .system("hs_email", "Email", .string, group: "userinformation"),
                .system("hs_given_name", "First name", .string, group: "userinformation"),
                .system("hs_family_name", "Last name", .string, group: "userinformation"),
                .system("hs_internal_user_id", "User ID", .number, group: "userinformation"),
                .system("hs_deactivated", "Deactivated", .bool, group: "userinformation"),
                .text("hs_job_title", "Job title", group: "userinformation"),
                .text("hs_main_phone", "Phone", group: "userinformation"),
                .text("hs_standard_time_zone", "Time zone", group: "userinformation"),
                .text("hs_availability_status", "Availability", group: "userinformation"),
            ],
        created: "hs_createdate"
    )

    package static let lineItems = MockHubSpotObject(
        "line_items",
        "line_item",
        typeID: "0-8",
        defaults: ["quantity", "amount", "price"],
        requires: [],
        properties: MockHubSpotProperty.goods + [
            .number("quantity", "Quantity", group: "productinformation"),
            .number("amount", "Net price", group: "productinformation"),
            .number("hs_product_id", "Product ID", group: "productinformation"),
        ]
    )

    /// Notes, calls, tasks, emails, meetings and messages: all of one build.
    package static let activities = [
        activity("notes", "note", "0-46", MockHubSpotProperty.note),
        activity("calls", "call", "0-48", MockHubSpotProperty.call),
        activity("tasks", "task", "0-27", MockHubSpotProperty.task),
        activity("emails", "email", "0-49", MockHubSpotProperty.email),
        activity("meetings", "meeting", "0-47", MockHubSpotProperty.meeting),
        activity("communications", "communication", "0-18", MockHubSpotProperty.communication),
    ]

    package static let letters = activity(
        "postal_mail",
        "postal_mail",
        "0-116",
        [
            .text(
                "hs_postal_mail_body",
                "Body",
                fieldType: "html",
                group: MockHubSpotProperty.engagement
            )
        ]
    )

    package static let quotes = MockHubSpotObject(
        "quotes",
        "quote",
        typeID: "0-14",
        defaults: ["hs_title", "hs_expiration_date", "hs_status"],
        requires: ["hs_title"],
        properties: MockHubSpotProperty.quotes
    )

    /// What a user is to reach by when (HubSpot: goals).
    package static let goals = MockHubSpotObject(
        "goal_targets",
        "goal_target",
        typeID: "0-74",
        defaults: [],
        requires: [],
        properties: MockHubSpotProperty.goals,
        created: "hs_createdate",
        scope: "goals"
    )

    /// Answers to surveys; apps only read them.
    package static let feedback = MockHubSpotObject(
        "feedback_submissions",
        "feedback_submission",
        typeID: "0-19",
        defaults: [],
        requires: [],
        properties: MockHubSpotProperty.feedback,
        created: "hs_createdate"
    )

    /// Who shares the credit for a deal.
    package static let dealSplits = MockHubSpotObject(
        "deal_splits",
        "deal_split",
        typeID: "0-72",
        defaults: [],
        requires: [],
        properties: MockHubSpotProperty.dealSplits,
        created: "hs_createdate"
    )

    private static func activity(
        _ name: String,
        _ singular: String,
        _ typeID: String,
        _ properties: [MockHubSpotProperty]
    ) -> MockHubSpotObject {
        var object = MockHubSpotObject(
            name,
            singular,
            typeID: typeID,
            defaults: [],
            requires: ["hs_timestamp"],
            properties: MockHubSpotProperty.common(
                "hs_createdate",
                "Activity assigned to",
                group: MockHubSpotProperty.engagement
            ) + [
                .time("hs_timestamp", "Activity date", group: MockHubSpotProperty.engagement),
                .text("hs_attachment_ids", "Attached files", group: MockHubSpotProperty.engagement),
            ] + properties + MockHubSpotProperty.activityKeys(name)
        )
        object.createdName = "hs_createdate"
        object.scopeName = "contacts"
        return object
    }

    /// An object that is neither a contact nor made by the portal's admins.
    private init(
        _ name: String,
        _ singular: String,
        typeID: String,
        defaults: [String],
        requires: [String],
        needs: [String] = [],
        pipeline: (pipeline: String, stage: String)? = nil,
        closed: String? = nil,
        properties: [MockHubSpotProperty],
        created: String = "createdate",
        scope: String? = nil
    ) {
        self.init(
            name: name,
            aliases: [singular],
            typeID: typeID,
            label: singular.uppercased(),
            defaultProperties: defaults,
            requiredOneOf: requires,
            scopeName: scope ?? name,
            properties: properties
        )
        self.requiredAll = needs
        self.createdName = created
        self.modifiedName = "hs_lastmodifieddate"
        self.pipelineProperty = pipeline?.pipeline
        self.stageProperty = pipeline?.stage
        self.closeProperty = closed
    }
}
