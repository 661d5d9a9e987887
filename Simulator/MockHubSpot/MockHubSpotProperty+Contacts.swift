extension MockHubSpotProperty {
    /// The properties that a contact has in every portal, as far as a sync meets them.
    package static let contacts: [MockHubSpotProperty] =
        [
            system("hs_object_id", "Record ID", .number),
            system("createdate", "Create Date", .datetime),
            system("lastmodifieddate", "Last Modified Date", .datetime),
            MockHubSpotProperty("email", label: "Email"),
            multiple(system("hs_additional_emails", "Additional email addresses", .enumeration)),
        ] + text
        + [
            lifecycleStage, leadStatus, owner("Contact owner"),
            system("hubspot_owner_assigneddate", "Owner Assigned Date", .datetime),
            system("associatedcompanyid", "Primary Associated Company ID", .number),
            choice(
                "hs_language",
                "Preferred language",
                [("en", "English"), ("de", "German"), ("fr", "French"), ("ja", "Japanese")]
            ),
            multiple(
                choice(
                    "hs_legal_basis",
                    "Legal basis for processing contact's data",
                    [
                        ("Legitimate interest – prospect/lead", "Legitimate interest – prospect"),
                        ("Performance of a contract", "Performance of a contract"),
                        ("Freely given consent from contact", "Freely given consent"),
                        ("Not applicable", "Not applicable"),
                    ]
                )
            ),
            yesNo("hs_email_optout", "Unsubscribed from all email"),
            MockHubSpotProperty(
                "date_of_birth",
                label: "Date of birth",
                kind: .string
            ),
            MockHubSpotProperty(
                "closedate",
                label: "Close Date",
                kind: .datetime,
                fieldType: "date"
            ),
            MockHubSpotProperty(
                "numemployees",
                label: "Number of Employees",
                kind: .number,
                fieldType: "number"
            ),
            system("hs_lastmodifieddate", "Object last modified date", .datetime),
            calculated("hs_email_domain", "Email Domain", .string),
            system("hs_merged_object_ids", "Merged record IDs", .enumeration),
            system("hs_calculated_merged_vids", "Merged vids with timestamps", .string),
            multiple(calculated("hs_all_contact_vids", "All vids for a contact", .enumeration)),
            calculated("num_associated_deals", "Number of Associated Deals"),
            calculated("num_notes", "Number of Sales Activities"),
        ] + source(group: "contactinformation")

    /// The two keys of the sync: one per Salesforce type, so that a conversion rewrites none.
    package static let contactKeys = [
        uniqueKey("sf_contact_key", label: "Salesforce Contact key"),
        uniqueKey("sf_lead_key", label: "Salesforce Lead key"),
    ]

    /// The key of the sync on companies.
    package static let companyKeys = [
        uniqueKey("sf_account_key", label: "Salesforce Account key", group: "companyinformation")
    ]

    /// The key of the sync on deals.
    package static let dealKeys = [
        uniqueKey(
            "sf_opportunity_key",
            label: "Salesforce Opportunity key",
            group: "dealinformation"
        )
    ]

    /// The key of the sync on tickets.
    package static let ticketKeys = [
        uniqueKey("sf_case_key", label: "Salesforce Case key", group: "ticketinformation")
    ]

    /// The key of the sync on an activity, by what that is in Salesforce; none on what is not synced.
    static func activityKeys(_ object: String) -> [MockHubSpotProperty] {
        switch object {
        case "tasks", "calls", "emails", "notes":
            [uniqueKey("sf_task_key", label: "Salesforce Task key", group: Self.engagement)]
        case "meetings":
            [uniqueKey("sf_event_key", label: "Salesforce Event key", group: Self.engagement)]
        default: []
        }
    }

    private static let text: [MockHubSpotProperty] = [
        ("firstname", "First Name"), ("lastname", "Last Name"), ("salutation", "Salutation"),
        ("jobtitle", "Job Title"), ("company", "Company Name"), ("phone", "Phone Number"),
        ("mobilephone", "Mobile Phone Number"), ("fax", "Fax Number"),
        ("website", "Website URL"), ("address", "Street Address"), ("city", "City"),
        ("state", "State/Region"), ("zip", "Postal Code"), ("country", "Country/Region"),
        ("industry", "Industry"), ("hs_timezone", "Time Zone"), ("message", "Message"),
    ].map { name, label in
        let fieldType =
            switch name {
            case "phone", "mobilephone": "phonenumber"
            case "message": "textarea"
            default: "text"
            }
        return MockHubSpotProperty(name, label: label, fieldType: fieldType)
    }

    private static let lifecycleStage = choice(
        "lifecyclestage",
        "Lifecycle Stage",
        [
            ("subscriber", "Subscriber"), ("lead", "Lead"),
            ("marketingqualifiedlead", "Marketing Qualified Lead"),
            ("salesqualifiedlead", "Sales Qualified Lead"), ("opportunity", "Opportunity"),
            ("customer", "Customer"), ("evangelist", "Evangelist"), ("other", "Other"),
        ],
        fieldType: "radio"
    )

    private static let leadStatus = choice(
        "hs_lead_status",
        "Lead Status",
        [
            ("NEW", "New"), ("OPEN", "Open"), ("IN_PROGRESS", "In Progress"),
            ("OPEN_DEAL", "Open Deal"), ("UNQUALIFIED", "Unqualified"),
            ("ATTEMPTED_TO_CONTACT", "Attempted to Contact"), ("CONNECTED", "Connected"),
            ("BAD_TIMING", "Bad Timing"),
        ],
        fieldType: "radio"
    )
}
