"""The emoji shortcodes people and bots write most, as the characters they stand for."""

import re

SHORTCODE = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:")

_TABLE = """
+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 ok_hand 👌 clap 👏 wave 👋 raised_hands 🙌 pray 🙏 muscle 💪
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 raised_hand ✋ handshake 🤝 writing_hand ✍️
eyes 👀 ear 👂 brain 🧠 smile 😄 smiley 😃 grin 😁 grinning 😀 laughing 😆 joy 😂
slightly_smiling_face 🙂 wink 😉 blush 😊 sunglasses 😎 thinking_face 🤔 thinking 🤔 neutral_face 😐
confused 😕 cry 😢 sob 😭 relieved 😌 sweat_smile 😅 open_mouth 😮 hugging_face 🤗 sleeping 😴
nerd_face 🤓 upside_down_face 🙃 heart_eyes 😍 partying_face 🥳 shrug 🤷 facepalm 🤦 heart ❤️
blue_heart 💙 green_heart 💚 yellow_heart 💛 purple_heart 💜 broken_heart 💔 sparkling_heart 💖 tada 🎉
confetti_ball 🎊 sparkles ✨ star ⭐ star2 🌟 dizzy 💫 zap ⚡ fire 🔥 boom 💥 rocket 🚀 trophy 🏆
medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 sports_medal 🏅 gem 💎 gift 🎁
balloon 🎈 cake 🍰 crown 👑 dart 🎯 checkered_flag 🏁 white_check_mark ✅ heavy_check_mark ✔️
ballot_box_with_check ☑️ x ❌ heavy_multiplication_x ✖️ negative_squared_cross_mark ❎ warning ⚠️
exclamation ❗ question ❓ grey_question ❔ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 100 💯
information_source ℹ️ bulb 💡 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬
thought_balloon 💭 left_speech_bubble 🗨️ lock 🔒 unlock 🔓 key 🔑 closed_lock_with_key 🔐 shield 🛡️
mag 🔍 mag_right 🔎 link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍 memo 📝 pencil 📝 pencil2 ✏️
clipboard 📋 notebook 📓 book 📖 open_book 📖 books 📚 bookmark 🔖 bookmark_tabs 📑 page_facing_up 📄
newspaper 📰 file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ inbox_tray 📥 outbox_tray 📤
package 📦 mailbox 📫 email ✉️ envelope ✉️ calendar 📆 date 📅 spiral_calendar_pad 🗓️
spiral_calendar 🗓️ clock 🕐 hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️
watch ⌚ chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 ladder 🪜 mountain ⛰️
mountain_snow 🏔️ compass 🧭 world_map 🗺️ bridge_at_night 🌉 building_construction 🏗️
hammer_and_wrench 🛠️ wrench 🔧 hammer 🔨 gear ⚙️ nut_and_bolt 🔩 bricks 🧱 toolbox 🧰 test_tube 🧪
microscope 🔬 telescope 🔭 satellite 🛰️ computer 💻 desktop_computer 🖥️ keyboard ⌨️ robot_face 🤖
robot 🤖 bug 🐛 bee 🐝 ant 🐜 turtle 🐢 snail 🐌 rabbit 🐰 owl 🦉 seedling 🌱 herb 🌿
four_leaf_clover 🍀 deciduous_tree 🌳 evergreen_tree 🌲 sunflower 🌻 cherry_blossom 🌸 leaves 🍃
sunny ☀️ sunrise 🌅 partly_sunny ⛅ cloud ☁️ rainbow 🌈 snowflake ❄️ moon 🌔 earth_africa 🌍
ocean 🌊 droplet 💧 coffee ☕ tea 🍵 beer 🍺 pizza 🍕 doughnut 🍩 apple 🍎 popcorn 🍿 art 🎨
musical_note 🎵 headphones 🎧 performing_arts 🎭 raising_hand 🙋 woman-raising-hand 🙋‍♀️
man-raising-hand 🙋‍♂️ technologist 🧑‍💻 bust_in_silhouette 👤 busts_in_silhouette 👥 family 👪
runner 🏃 walking 🚶 climbing 🧗 person_climbing 🧗 juggling 🤹 lotus_position 🧘 arrow_right ➡️
arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️
arrows_counterclockwise 🔄 repeat 🔁 leftwards_arrow_with_hook ↩️ heavy_plus_sign ➕
heavy_minus_sign ➖ recycle ♻️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_green_square 🟩 large_yellow_square 🟨 white_large_square ⬜ black_large_square ⬛
small_blue_diamond 🔹 small_orange_diamond 🔸 black_small_square ▪️ one 1️⃣ two 2️⃣ three 3️⃣
four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣
see_no_evil 🙈 skull 💀 ghost 👻 wastebasket 🗑️ door 🚪 house 🏠 office 🏢 camera 📷 phone 📞
iphone 📱 money_with_wings 💸 moneybag 💰 credit_card 💳 scales ⚖️ umbrella ☂️ anchor ⚓ car 🚗
airplane ✈️ bike 🚲
"""

_WORDS = _TABLE.split()
EMOJI: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))


def replace_shortcodes(text: str) -> str:
    """`:wave:` becomes the character; a code that is not known stays as it was typed."""
    return SHORTCODE.sub(lambda found: EMOJI.get(found[1], found[0]), text)
