extension ConfigurationTemplate {
    /// Activities, written out and commented out.
    static let activities = """
          # Activities: tasks, calls, emails and notes with Tasks, meetings with Events. Only keys tie them:
          # HubSpot_Record_ID__c on Activity (notes: HubSpot_Note_ID__c) and sf_task_key (meetings: sf_event_key).
          # `contact` and `about` are whom one is with and what it is about: of several the ticket, the deal, the
          # company; and the oldest contact. `creates` says where new ones are made: both, hubspot, salesforce,
          # none. `taskType` is Salesforce's Type of new tasks.
          # - name: tasks
          #   hubspot: tasks
          #   creates: both
          #   fields:
          #     - {hubspot: hs_task_subject, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_task_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - hubspot: hs_task_status
          #       salesforce: Status
          #       rule: twoWay
          #       values: {NOT_STARTED: Not Started, IN_PROGRESS: In Progress, COMPLETED: Completed,
          #                WAITING: Waiting on someone else, DEFERRED: Deferred}
          #     - hubspot: hs_task_priority
          #       salesforce: Priority
          #       rule: twoWay
          #       values: {HIGH: High, MEDIUM: Normal, LOW: Low, NONE: Normal}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          #     - {hubspot: about, salesforce: WhatId, rule: twoWay}
          # - name: meetings
          #   hubspot: meetings
          #   fields:
          #     - {hubspot: hs_meeting_title, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_meeting_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_meeting_start_time, salesforce: StartDateTime, rule: twoWay}
          #     - {hubspot: hs_meeting_end_time, salesforce: EndDateTime, rule: twoWay}
          #     - {hubspot: hs_meeting_location, salesforce: Location, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          # - name: calls
          #   hubspot: calls
          #   taskType: Call
          #   fields:
          #     - {hubspot: hs_call_title, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_call_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          # - name: emails
          #   hubspot: emails
          #   fields:
          #     - {hubspot: hs_email_subject, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_email_text, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          # - name: notes
          #   hubspot: notes
          #   creates: salesforce
          #   fields:
          #     - {hubspot: hs_note_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          #     - {hubspot: about, salesforce: WhatId, rule: twoWay}

        """
}
