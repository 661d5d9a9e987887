/// The properties of the objects that sales and service work with, as far as a sync meets them.
extension MockHubSpotProperty {
    package static let companies: [MockHubSpotProperty] = {
        let group = "companyinformation"
        return common("createdate", "Company owner", group: group)
            + [
                ("name", "Company name"), ("domain", "Company Domain Name"),
                ("website", "Website URL"), ("phone", "Phone Number"),
                ("address", "Street Address"), ("address2", "Street Address 2"), ("city", "City"),
                ("state", "State/Region"), ("zip", "Postal Code"), ("country", "Country/Region"),
                ("description", "Description"), ("timezone", "Time Zone"),
                ("linkedin_company_page", "LinkedIn Company Page"),
            ].map { text($0.0, $0.1, group: group) }
            + [
                number("numberofemployees", "Number of Employees", group: group),
                number("annualrevenue", "Annual Revenue", group: group),
                system("hs_parent_company_id", "Parent Company", .number, group: group),
                yesNo("is_public", "Is Public", group: group),
                choice(
                    "type",
                    "Type",
                    [
                        ("PROSPECT", "Prospect"), ("PARTNER", "Partner"),
                        ("RESELLER", "Reseller"), ("VENDOR", "Vendor"), ("OTHER", "Other"),
                    ],
                    group: group
                ),
                choice("industry", "Industry", industries, group: group),
                choice(
                    "lifecyclestage",
                    "Lifecycle Stage",
                    [
                        ("subscriber", "Subscriber"), ("lead", "Lead"),
                        ("opportunity", "Opportunity"), ("customer", "Customer"),
                        ("other", "Other"),
                    ],
                    fieldType: "radio",
                    group: group
                ),
                system("hs_additional_domains", "Additional Domains", .enumeration, group: group),
                calculated("num_associated_contacts", "Associated Contacts", group: group),
                calculated("num_associated_deals", "Associated Deals", group: group),
                calculated("hs_num_open_deals", "Number of open deals", group: group),
                calculated("hs_num_child_companies", "Number of child companies", group: group),
                calculated("num_notes", "Number of Sales Activities", group: group),
            ]
    }()

    package static let deals: [MockHubSpotProperty] = {
        let group = "dealinformation"
        return common("createdate", "Deal owner", group: group)
            + [
                text("dealname", "Deal Name", group: group),
                text("pipeline", "Pipeline", fieldType: "select", group: group),
                text("dealstage", "Deal Stage", fieldType: "radio", group: group),
                number("amount", "Amount", group: group),
                choice(
                    "deal_currency_code",
                    "Currency",
                    [("USD", "US Dollar"), ("EUR", "Euro"), ("GBP", "British Pound")],
                    group: group
                ),
                time("closedate", "Close Date", group: group),
                choice(
                    "dealtype",
                    "Deal Type",
                    [("newbusiness", "New Business"), ("existingbusiness", "Existing Business")],
                    fieldType: "radio",
                    group: group
                ),
                text("description", "Deal Description", fieldType: "textarea", group: group),
                text("closed_lost_reason", "Closed Lost Reason", group: group),
                text("closed_won_reason", "Closed Won Reason", group: group),
                text("hs_next_step", "Next step", group: group),
                choice(
                    "hs_priority",
                    "Priority",
                    [("low", "Low"), ("medium", "Medium"), ("high", "High")],
                    group: group
                ),
                number("hs_forecast_probability", "Forecast probability", group: group),
            ] + calculatedOfDeals(group)
    }()

    private static func calculatedOfDeals(_ group: String) -> [MockHubSpotProperty] {
        [
            calculated("hs_deal_stage_probability", "Deal probability", group: group),
            calculated("hs_is_closed", "Is Deal Closed?", .bool, group: group),
            calculated("hs_is_closed_won", "Is Closed Won", .bool, group: group),
            calculated("hs_is_closed_lost", "Is Closed Lost", .bool, group: group),
            calculated("amount_in_home_currency", "Amount in company currency", group: group),
            calculated("hs_closed_amount", "Closed Deal Amount", group: group),
            calculated(
                "hs_closed_amount_in_home_currency",
                "Closed Deal Amount In Home Currency",
                group: group
            ),
            calculated("hs_projected_amount", "Weighted amount", group: group),
            calculated(
                "hs_projected_amount_in_home_currency",
                "Weighted amount in company currency",
                group: group
            ),
            calculated("num_associated_contacts", "Number of Associated Contacts", group: group),
            system(
                "hs_primary_associated_company",
                "Primary Associated Company",
                .number,
                group: group
            ),
            calculated(
                "hs_num_of_associated_line_items",
                "Number of Associated Line Items",
                group: group
            ),
            calculated("num_notes", "Number of Sales Activities", group: group),
        ]
    }

    package static let tickets: [MockHubSpotProperty] = {
        let group = "ticketinformation"
        return common("createdate", "Ticket owner", group: group)
            + [
                text("subject", "Ticket name", group: group),
                text("content", "Ticket description", fieldType: "textarea", group: group),
                text("hs_pipeline", "Pipeline", fieldType: "select", group: group),
                text("hs_pipeline_stage", "Ticket status", fieldType: "select", group: group),
                choice(
                    "hs_ticket_priority",
                    "Priority",
                    [("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High"), ("URGENT", "Urgent")],
                    group: group
                ),
                choice(
                    "hs_ticket_category",
                    "Category",
                    [
                        ("PRODUCT_ISSUE", "Product issue"), ("BILLING_ISSUE", "Billing issue"),
                        ("FEATURE_REQUEST", "Feature request"),
                        ("GENERAL_INQUIRY", "General inquiry"),
                    ],
                    group: group
                ),
                choice(
                    "source_type",
                    "Source",
                    [("CHAT", "Chat"), ("EMAIL", "Email"), ("FORM", "Form"), ("PHONE", "Phone")],
                    group: group
                ),
                text("hs_resolution", "Resolution", group: group),
                time("closed_date", "Close date", group: group),
                calculated(
                    "hs_num_associated_companies",
                    "Number of Associated Companies",
                    group: group
                ),
                system("hs_ticket_id", "Ticket ID", .number, group: group),
                system("hs_primary_company_id", "Primary Company ID", .number, group: group),
                calculated("num_notes", "Number of Sales Activities", group: group),
                calculated("time_to_close", "Time to close", group: group),
            ]
    }()

    static let goods: [MockHubSpotProperty] = {
        let group = "productinformation"
        return common("createdate", "Product owner", group: group)
            + [
                text("name", "Name", group: group),
                text("description", "Product description", fieldType: "textarea", group: group),
                text("hs_sku", "SKU", group: group),
                number("price", "Unit price", group: group),
                number("hs_cost_of_goods_sold", "Unit cost", group: group),
                text("hs_recurring_billing_period", "Term", group: group),
                choice(
                    "recurringbillingfrequency",
                    "Billing frequency",
                    [
                        ("weekly", "Weekly"), ("biweekly", "Every two weeks"),
                        ("monthly", "Monthly"), ("quarterly", "Quarterly"),
                        ("per_six_months", "Semi-annually"), ("annually", "Annually"),
                        ("per_two_years", "Every two years"),
                        ("per_three_years", "Every three years"),
                    ],
                    group: group
                ),
                choice(
                    "hs_product_type",
                    "Product type",
                    [
                        ("inventory", "Inventory"), ("non_inventory", "Non-inventory"),
                        ("service", "Service"),
                    ],
                    group: group
                ),
                text("hs_url", "URL", group: group),
                number("tax", "Tax", group: group),
            ]
    }()

    static let quotes =
        common("createdate", "Quote owner", group: "quoteinformation") + [
            text("hs_title", "Quote name", group: "quoteinformation"),
            time("hs_expiration_date", "Expiration date", group: "quoteinformation"),
            text("hs_currency", "Currency", group: "quoteinformation"),
            text("hs_language", "Language", group: "quoteinformation"),
            choice(
                "hs_status",
                "Quote status",
                ["DRAFT", "PENDING_APPROVAL", "APPROVED", "REJECTED", "APPROVAL_NOT_NEEDED"].map {
                    ($0, $0)
                },
                group: "quoteinformation"
            ),
            system("hs_quote_amount", "Quote amount", .number, group: "quoteinformation"),
        ]
}
