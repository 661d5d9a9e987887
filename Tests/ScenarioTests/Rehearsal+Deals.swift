import SyncCore

extension Rehearsal {
    /// Deals with Opportunities: name, stage, close date, amount, type and description, both ways.
    static func deals(match: [Int] = [0]) -> ObjectMapping {
        var mapping = Self.mapping(
            of: ("deals", "Opportunity", "sf_opportunity_key"),
            [
                ("dealname", "Name", FieldShape(type: .text, lengthMax: 120)),
                ("dealstage", "StageName", FieldShape(type: .text)),
                ("closedate", "CloseDate", FieldShape(type: .date)),
                ("amount", "Amount", FieldShape(type: .number, scale: 2)),
                ("dealtype", "Type", FieldShape(type: .text)),
                ("description", "Description", FieldShape(type: .text, lengthMax: 32_000)),
            ],
            match: match
        )
        mapping.hubspot.fields[2]?.shape = FieldShape(type: .datetime)
        mapping.fields[1].values = [
            .init(hubspot: "appointmentscheduled", salesforce: "Prospecting"),
            .init(hubspot: "qualifiedtobuy", salesforce: "Qualification"),
            .init(hubspot: "presentationscheduled", salesforce: "Qualification"),
            .init(hubspot: "closedwon", salesforce: "Closed Won"),
            .init(hubspot: "closedlost", salesforce: "Closed Lost"),
        ]
        mapping.fields[1].rejectsUnlisted = true
        mapping.fields[4].values = [
            .init(hubspot: "newbusiness", salesforce: "New Customer"),
            .init(hubspot: "existingbusiness", salesforce: "Existing Customer - Upgrade"),
        ]
        return mapping
    }

    /// Tickets with Cases: subject, description, stage and priority, both ways, tied by keys alone.
    static func tickets() -> ObjectMapping {
        var mapping = Self.mapping(
            of: ("tickets", "Case", "sf_case_key"),
            [
                ("subject", "Subject", FieldShape(type: .text, lengthMax: 255)),
                ("content", "Description", FieldShape(type: .text, lengthMax: 32_000)),
                ("hs_pipeline_stage", "Status", FieldShape(type: .text)),
                ("hs_ticket_priority", "Priority", FieldShape(type: .text)),
            ],
            match: []
        )
        mapping.fields[2].values = [
            .init(hubspot: "1", salesforce: "New"), .init(hubspot: "2", salesforce: "Working"),
            .init(hubspot: "4", salesforce: "Closed"),
        ]
        mapping.fields[2].rejectsUnlisted = true
        mapping.fields[3].values = [
            .init(hubspot: "LOW", salesforce: "Low"), .init(hubspot: "HIGH", salesforce: "High"),
        ]
        return mapping
    }
}
