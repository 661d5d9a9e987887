/// The properties of goals, of answers to surveys, of deals' shares and of forms.
extension MockHubSpotProperty {
    static let goals =
        common("hs_createdate", "Goal owner", group: "goal_target_information") + [
            text("hs_goal_name", "Goal name", group: "goal_target_information"),
            number("hs_target_amount", "Target amount", group: "goal_target_information"),
            time("hs_start_datetime", "Start date", group: "goal_target_information"),
            time("hs_end_datetime", "End date", group: "goal_target_information"),
            number("hs_created_by_user_id", "Created by user", group: "goal_target_information"),
            text(
                "hs_group_correlation_uuid",
                "Group of targets",
                group: "goal_target_information"
            ),
        ]

    /// The documented ones (HubSpot: feedback submissions).
    static let feedback: [MockHubSpotProperty] = {
        let group = "feedback_submission_information"
        return common("hs_createdate", "Owner", group: group) + [
            text("hs_survey_name", "Survey name", group: group),
            text("hs_survey_type", "Survey type", group: group),
            text("hs_survey_channel", "Survey channel", group: group),
            text("hs_survey_id", "Survey ID", group: group),
            text("hs_content", "Response", fieldType: "textarea", group: group),
            text("hs_response_group", "Response group", group: group),
            text("hs_sentiment", "Sentiment", group: group),
            text("hs_submission_name", "Submission name", group: group),
            time("hs_submission_timestamp", "Submission date", group: group),
            number("hs_value", "Rating", group: group),
        ]
    }()

    static let dealSplits =
        common("hs_createdate", "Split owner", group: "deal_split_information") + [
            number(
                "hs_deal_split_percentage",
                "Split percentage",
                group: "deal_split_information"
            )
        ]

    /// What the second version tells about forms; the names are from memory.
    static let forms = [
        system("hs_object_id", "Record ID", .number, group: "forminformation"),
        system("hs_createdate", "Create date", .datetime, group: "forminformation"),
        system("hs_lastmodifieddate", "Last modified date", .datetime, group: "forminformation"),
        system("hs_name", "Form name", .string, group: "forminformation"),
        system("hs_form_type", "Form type", .string, group: "forminformation"),
    ]
}
