from wagtail import hooks


@hooks.register("register_log_actions")
def register_actions(actions) -> None:
    actions.register_action(
        "knowledge.reviewed", "Klopt nog", "Inhoud gecontroleerd: klopt nog"
    )
